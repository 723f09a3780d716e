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
            what="Parquet files",
            media_type="application/x-parquet",
            columns="typed",
            builder_options={},
        ),
        ExportFormat(
            name="jsonl",
            main_file="{split}.jsonl",
            write_split=write_jsonl,
            what="JSON Lines",
            media_type="application/jsonlines",
            columns="typed",
            builder_options={},
        ),
        ExportFormat(
            name="csv",
            main_file="{split}.csv",
            write_split=write_csv,
            what="CSV files",
            media_type="text/csv",
            columns="joined",
            builder_options={},
        ),
        ExportFormat(
            name="folk-rnn",
            main_file="{split}.txt",
            write_split=write_folk_rnn,
            what="text files of folk-rnn's tokens",
            media_type="text/plain",
            columns="none",
            builder_options=_BY_TUNE,
        ),
        ExportFormat(
            name="text",
            main_file="{split}.txt",
            write_split=write_text,
            what="text files",
            media_type="text/plain",
            columns="none",
            builder_options=_BY_TUNE,
        ),
    )
}
"""Each format, in the order in which help lists them."""
