"""The formats of an export, by name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tuneloom.corpus.record import Record
from tuneloom.pipeline.export.export_format import ExportFormat, WrittenSplit
from tuneloom.pipeline.export.plain_text import write_folk_rnn, write_text
from tuneloom.pipeline.export.text_tables import write_csv, write_jsonl

__all__ = ["EXPORT_FORMATS"]


def _write_parquet(directory: Path, split: str, records: Iterable[Record]) -> WrittenSplit:
    from tuneloom.pipeline.export.parquet import write_parquet  # loads pyarrow

    return write_parquet(directory, split, records)


_BY_TUNE = {"sample_by": "paragraph"}

EXPORT_FORMATS = {
    each.name: each
    for each in (
        ExportFormat(
            name="parquet",
            main_file="{split}-00000-of-00001.parquet",
            write_split=_write_parquet,
            is_table=True,
            media_type="application/vnd.apache.parquet",
            builder_options={},
        ),
        ExportFormat(
            name="jsonl",
            main_file="{split}.jsonl",
            write_split=write_jsonl,
            is_table=True,
            media_type="application/jsonlines",
            builder_options={},
        ),
        ExportFormat(
            name="csv",
            main_file="{split}.csv",
            write_split=write_csv,
            is_table=True,
            media_type="text/csv",
            builder_options={},
        ),
        ExportFormat(
            name="folk-rnn",
            main_file="{split}.txt",
            write_split=write_folk_rnn,
            is_table=False,
            media_type="text/plain",
            builder_options=_BY_TUNE,
        ),
        ExportFormat(
            name="text",
            main_file="{split}.txt",
            write_split=write_text,
            is_table=False,
            media_type="text/plain",
            builder_options=_BY_TUNE,
        ),
    )
}
"""Each format, in the order in which help lists them."""
