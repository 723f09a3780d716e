import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.example import Example
from tuneloom.pipeline.dataset.manifest import Manifest, Shard
from tuneloom.pipeline.dataset.reader import read_records, records_in
from tuneloom.pipeline.dataset.tfrecord import frame

SPLITS = ("train", "validation", "test")


@pytest.fixture
def copied(data_set: Path, tmp_path: Path) -> Path:
    return shutil.copytree(data_set, tmp_path / "set")


def filled_shard(directory: Path) -> tuple[Path, str]:
    shard = next(shard for shard in Manifest.load(directory).shards if shard.records)
    return directory / shard.file, shard.split


def test_every_record_of_every_split_is_read(data_set: Path) -> None:
    records = [record for split in SPLITS for record in read_records(data_set, split)]
    assert sorted(record.title for record in records) == [
        "A Reel of Sorts",
        "The Even Jig",
        "Waltz",
    ]
    (waltz,) = (record for record in records if record.title == "Waltz")
    assert (waltz.meter, waltz.tonic, waltz.notes) == ("3/4", "A", 7)
    assert waltz.abc.endswith("|]\n")


def test_an_unknown_split_is_named(data_set: Path) -> None:
    with pytest.raises(UsageError, match="no split 'dev'; choose from train, validation, test"):
        list(read_records(data_set, "dev"))


def test_a_damaged_shard_is_named_with_the_byte(copied: Path) -> None:
    path, split = filled_shard(copied)
    data = bytearray(path.read_bytes())
    data[30] ^= 1
    path.write_bytes(data)
    with pytest.raises(
        UsageError,
        match=rf"{path.name}: damaged record at byte 0, after 0 of \d records; ingest it again",
    ):
        list(read_records(copied, split))


def test_a_shard_cut_between_two_records_is_found_by_its_count(copied: Path) -> None:
    path, split = filled_shard(copied)
    path.write_bytes(b"")
    with pytest.raises(UsageError, match="holds 0 records, but the manifest lists"):
        list(read_records(copied, split))


def test_a_damaged_shard_of_another_split_is_reported_too(copied: Path) -> None:
    path, split = filled_shard(copied)
    path.write_bytes(b"")
    for other in set(SPLITS) - {split}:
        with pytest.raises(UsageError, match=path.name):
            list(read_records(copied, other))


def test_a_missing_shard_is_named(copied: Path) -> None:
    path, split = filled_shard(copied)
    path.unlink()
    with pytest.raises(UsageError, match=f"{path.name}: missing"):
        list(read_records(copied, split))


def test_the_reader_loads_little_of_the_package() -> None:
    script = (
        "import json, sys\n"
        "import tuneloom.pipeline.dataset.reader\n"
        "print(json.dumps(list(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    modules = set(json.loads(done.stdout))
    ours = {name for name in modules if name.partition(".")[0] == "tuneloom"}
    assert len(ours) <= 19
    grammar = {name for name in ours if name.startswith("tuneloom.grammar")}
    assert grammar == {"tuneloom.grammar", "tuneloom.grammar.errors"}
    assert modules.isdisjoint({"lark", "rensa", "apache_beam", "numpy", "pandas"})


def test_a_record_without_a_feature_is_named(copied: Path) -> None:
    path, split = filled_shard(copied)
    data = frame(Example({"abc": (b"M:4/4\n",)}, {}).serialize())
    path.write_bytes(data)
    shard = Shard(path.name, split, 1, len(data), hashlib.sha256(data).hexdigest())
    with pytest.raises(UsageError, match=rf"{path.name}: the record has no feature 'id'; ingest"):
        list(records_in(copied, [shard]))
