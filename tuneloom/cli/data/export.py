"""`tuneloom export`: writes a data set in the files that other tools read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, dataset_argument, path_type
from tuneloom.grammar.counts import count_of

if TYPE_CHECKING:
    from tuneloom.pipeline.export.files import ExportManifest

__all__ = ["FORMAT_NAMES", "export_command"]

FORMAT_NAMES = ["parquet", "jsonl", "csv", "folk-rnn", "text"]


@command(
    "export",
    "tuneloom export data/folk --to parquet",
    "tuneloom export data/folk --to jsonl --split test -o folk-test",
    "tuneloom export data/folk --to folk-rnn --overwrite",
)
@dataset_argument
@click.option(
    "--to",
    "format_name",
    metavar="FORMAT",
    type=click.Choice(FORMAT_NAMES),
    required=True,
    help="parquet (as Hugging Face has it), jsonl or csv with all features; "
    "folk-rnn or text with the tunes alone.",
)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    type=path_type(),
    help="The new directory; by default, DATASET-FORMAT.",
)
@click.option(
    "--split",
    "splits",
    metavar="NAME",
    multiple=True,
    help="Write only this split, such as train. Repeatable.",
)
@click.option("--overwrite", is_flag=True, help="Replace an earlier export at the output.")
def export_command(
    data: Path, format_name: str, output: Path | None, splits: tuple[str, ...], overwrite: bool
) -> None:
    """Write a data set in the files that other tools read.

    The new directory has a file for each split, a data card and export.json with the checksums.
    """
    from tuneloom.pipeline.export.catalogue import EXPORT_FORMATS
    from tuneloom.pipeline.export.export import export_dataset

    target = output or _beside(data, format_name)
    exported = export_dataset(data, target, EXPORT_FORMATS[format_name], splits, overwrite)
    _print_summary(target, exported)


def _beside(data: Path, suffix: str) -> Path:
    named = data if data.name not in ("", "..") else data.resolve()
    return named.with_name(f"{named.name}-{suffix}")


def _print_summary(target: Path, exported: ExportManifest) -> None:
    for name, split in exported.splits.items():
        click.echo(f"{name}: {count_of(split.records, 'tune')}")
        for reason, count in sorted(split.left_out.items(), key=lambda pair: (-pair[1], pair[0])):
            click.echo(f"  {count:,} left out: {reason}")
    size = sum(file.bytes for file in exported.files)
    click.echo(f"{target}: {exported.format}, {size:,} bytes in {len(exported.files)} files")
