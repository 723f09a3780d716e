"""The size of a data set in each format of `tuneloom export`, and the seconds to write and to load it.

`python -m benchmarks exports data/folk`; each time is the best of three, in one process, without imports.
TFRecord files are loaded with every checksum.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from tuneloom.model.data.pandas_table import load_table
from tuneloom.model.data.tf_dataset import load_dataset
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.export.catalogue import EXPORT_FORMATS
from tuneloom.pipeline.export.export import export_dataset

REPEATS = 3
BATCH = 1024


def main(arguments: list[str]) -> bool:
    data = Path(arguments[0] if arguments else "data/folk")
    manifest = Manifest.load(data)
    count = manifest.counts.taken
    size = sum(shard.bytes for shard in manifest.shards)
    print(f"{count:,} tunes")
    print(f"{'format':<10} {'MB':>6} {'write s':>8} {'load s':>7}  loaded by")
    complete = True
    for reader, load in TFRECORD_READERS.items():
        seconds, loaded = best(partial(load, data))
        print(f"{'tfrecord':<10} {size / 1e6:>6.2f} {'':>8} {seconds:>7.2f}  {reader}")
        complete &= loaded == count
    with tempfile.TemporaryDirectory() as folder:
        for name in EXPORT_FORMATS:
            complete &= _measure_export(data, Path(folder, name), name, count)
    return complete


def _measure_export(data: Path, target: Path, name: str, count: int) -> bool:
    """Print a line for each reader of a format; whether each found every tune that was written."""
    began = time.perf_counter()
    exported = export_dataset(data, target, EXPORT_FORMATS[name])
    written = time.perf_counter() - began
    files = [target / EXPORT_FORMATS[name].file_of(split) for split in exported.splits]
    size = sum(file.stat().st_size for file in files) / 1e6
    left_out = sum(sum(split.left_out.values()) for split in exported.splits.values())
    complete = True
    for reader, load in READERS[name].items():
        seconds, loaded = best(partial(_load_all, load, files))
        print(f"{name:<10} {size:>6.2f} {written:>8.2f} {seconds:>7.2f}  {reader}")
        complete &= loaded == count - left_out
    return complete


def _load_all(load: Callable[[Path], int], files: Sequence[Path]) -> int:
    return sum(map(load, files))


def best(load: Callable[[], int]) -> tuple[float, int]:
    """The seconds of the quickest of several loads, and the number of tunes in it."""
    runs = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        count = load()
        runs.append((time.perf_counter() - began, count))
    return min(runs)


def _split_at_empty_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").split("\n\n"))


def _batches(data: Path) -> int:
    """The training texts of every split, in batches of tf.data."""
    splits = [load_dataset(data, split) for split in Manifest.load(data).splits]
    batches = [split.map(lambda tune: tune["abc"]).batch(BATCH) for split in splits]
    return sum(len(batch) for split in batches for batch in split)


TFRECORD_READERS: Mapping[str, Callable[[Path], int]] = {
    "tuneloom.load_table": lambda data: len(load_table(data)),
    "tuneloom.load_dataset": _batches,
}
READERS: Mapping[str, Mapping[str, Callable[[Path], int]]] = {
    "parquet": {
        "pyarrow.parquet": lambda path: len(pq.read_table(path)),
        "pandas": lambda path: len(pd.read_parquet(path)),
    },
    "jsonl": {"pandas": lambda path: len(pd.read_json(path, lines=True, dtype=False))},
    "csv": {"pandas": lambda path: len(pd.read_csv(path, keep_default_na=False))},
    "folk-rnn": {"str.split": _split_at_empty_lines},
    "text": {"str.split": _split_at_empty_lines},
}
