"""Parquet files with a typed column for each feature, as `datasets`, pandas, Polars and DuckDB read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tuneloom.corpus.record import Record
from tuneloom.pipeline.dataset.schema import FEATURES, INT64, LISTS
from tuneloom.pipeline.export.export_format import WrittenSplit, has_no_loss

__all__ = ["parquet_schema", "write_parquet"]

_MAX_ROWS = 10_000  # of a row group, which is what is in memory at a time
_MAX_CHARACTERS = 32_000_000


def parquet_schema() -> pa.Schema:
    """Strings, 64-bit integers and lists of strings; no value is null."""
    kinds = dict.fromkeys(INT64, pa.int64()) | dict.fromkeys(LISTS, pa.list_(pa.string()))
    return pa.schema([(name, kinds.get(name, pa.string())) for name in FEATURES])


def write_parquet(directory: Path, split: str, records: Iterable[Record]) -> WrittenSplit:
    """Write one file in the layout of the Hugging Face hub; equal records give equal bytes."""
    schema = parquet_schema()
    count = 0
    with (
        (directory / f"{split}-00000-of-00001.parquet").open("wb") as file,
        pq.ParquetWriter(file, schema, compression="zstd") as writer,
    ):
        for group in _row_groups(records):
            columns = {name: [getattr(each, name) for each in group] for name in FEATURES}
            writer.write_batch(pa.RecordBatch.from_pydict(columns, schema=schema))
            count += len(group)
    return has_no_loss(count)


def _row_groups(records: Iterable[Record]) -> Iterator[list[Record]]:
    group: list[Record] = []
    characters = 0
    for record in records:
        group.append(record)
        characters += len(record.abc)
        if len(group) == _MAX_ROWS or characters >= _MAX_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group
