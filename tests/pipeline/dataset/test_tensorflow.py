"""The data set as TensorFlow sees it, in one script of its own, since TensorFlow is slow to load."""

import subprocess
import sys
from pathlib import Path

import pytest

from tuneloom.pipeline.dataset.manifest import Manifest

pytestmark = pytest.mark.slow

READ_EVERYTHING = """
import glob, sys
import tensorflow as tf

ONE = {name: tf.io.FixedLenFeature([], tf.string) for name in (
    "abc id family source path license title rhythm meter unit_note_length tonic mode").split()}
ONE |= {name: tf.io.FixedLenFeature([], tf.int64) for name in ("offset", "bars", "notes")}
MANY = {name: tf.io.RaggedFeature(tf.string) for name in ("levels", "repairs")}

for path in sorted(glob.glob(sys.argv[1] + "/*.tfrecord")):
    for data in tf.data.TFRecordDataset(path):
        record = tf.io.parse_single_example(data, ONE | MANY)
        print(record["id"].numpy().decode(), int(record["notes"]))
"""

WRITE_THE_SAME = """
import tempfile
import tensorflow as tf
from tuneloom.pipeline.dataset.example import Example
from tuneloom.pipeline.dataset.tfrecord import frame

examples = [
    Example({"abc": (b"K:D\\nDEF|\\n",), "levels": (b"parseable", b""), "repairs": ()},
            {"bars": (1,), "empty": (), "offset": (0, 127, 128, 2**63 - 1, -1, -2**63)}),
    Example({"a": (bytes(range(256)) * 300,), "é": (b"",)}, {}),
    Example({}, {}),
]
same = []
for example in examples:
    feature = {n: tf.train.Feature(bytes_list=tf.train.BytesList(value=v))
               for n, v in example.bytes_lists.items()}
    feature |= {n: tf.train.Feature(int64_list=tf.train.Int64List(value=v))
                for n, v in example.int64_lists.items()}
    theirs = tf.train.Example(features=tf.train.Features(feature=feature))
    same.append(example.serialize() == theirs.SerializeToString(deterministic=True))
print("examples", same)

with tempfile.NamedTemporaryFile() as file:
    with tf.io.TFRecordWriter(file.name) as writer:
        for example in examples:
            writer.write(example.serialize())
    frames = b"".join(frame(example.serialize()) for example in examples)
    print("frames", file.read() == frames)
"""


@pytest.fixture(scope="module")
def said_by_tensorflow(data_set: Path) -> list[str]:
    """The ids and numbers of notes of all records, and after them whether the bytes are the same."""
    done = subprocess.run(
        [sys.executable, "-c", READ_EVERYTHING + WRITE_THE_SAME, str(data_set)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_tensorflow_alone_reads_every_record(said_by_tensorflow: list[str], data_set: Path) -> None:
    *rows, _, _ = said_by_tensorflow
    assert len(rows) == Manifest.load(data_set).counts.taken
    assert sorted(int(row.split()[1]) for row in rows) == [7, 24, 26]


def test_examples_are_byte_for_byte_those_of_tensorflow(said_by_tensorflow: list[str]) -> None:
    assert said_by_tensorflow[-2] == "examples [True, True, True]"


def test_frames_are_byte_for_byte_those_of_tensorflow(said_by_tensorflow: list[str]) -> None:
    assert said_by_tensorflow[-1] == "frames True"
