"""`tuneloom evaluate`: measures a network on the test split, or on any tunes."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich import box
from rich.table import Table

from tuneloom.cli.command import column_option, command, path_type, run_argument
from tuneloom.cli.console import output_console

if TYPE_CHECKING:
    from tuneloom.model.training.evaluation import MeasuredTune, RunEvaluation, SourceEvaluation

__all__ = ["evaluate_command"]


@command(
    "evaluate",
    "tuneloom evaluate runs/first data/folk",
    "tuneloom evaluate runs/first tunes.abc more.abc",
    "tuneloom evaluate runs/first data/folk --output-format json > bits.json",
    "tuneloom evaluate runs/first draws.abc --output-format tunes > likelihoods.csv",
)
@run_argument
@click.argument(
    "inputs",
    metavar="PATH...",
    nargs=-1,
    required=True,
    type=path_type(),
    help="Data sets, or files as for ingest: tunebooks, tables, archives or directories of them.",
)
@column_option
@click.option(
    "--output-format",
    type=click.Choice(["table", "json", "tunes", "characters"]),
    default="table",
    help="A table, the same as one JSON object, or CSV with a row for each tune or for each character.",
)
def evaluate_command(run: Path, inputs: tuple[Path, ...], column: str, output_format: str) -> None:
    """Measure a network on tunes it has never seen.

    Prints the bits per character, note and tune, for each source of a data set's test split and for each
    file. The end of a tune counts as a character. Tunes that cannot be read are counted.
    """
    from tuneloom.model.network.config import TrainingConfig
    from tuneloom.model.runtime.threads import configure_threads
    from tuneloom.model.training.evaluation import evaluate as measure
    from tuneloom.model.training.evaluation import evaluate_tunes

    configure_threads(TrainingConfig().batch_size)
    if output_format in ("tunes", "characters"):
        rows = _tune_rows if output_format == "tunes" else _character_rows
        tunes, not_taken = evaluate_tunes(run, *inputs, column=column)
        csv.writer(sys.stdout, lineterminator="\n").writerows(rows(tunes))
        _tell_not_taken(not_taken)
        return
    found = measure(run, *inputs, column=column)
    if output_format == "json":
        click.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
        return
    _print_bits(found)
    _tell_not_taken(found.not_taken)


def _tell_not_taken(not_taken: Mapping[str, int]) -> None:
    if not_taken:
        counts = ", ".join(f"{count:,} {reason}" for reason, count in not_taken.items())
        click.echo(f"{sum(not_taken.values()):,} not taken: {counts}", err=True)


def _tune_rows(tunes: Iterable[MeasuredTune]) -> Iterator[Sequence[object]]:
    yield "source", "tune", "characters", "notes", "bits", "bits_per_character"
    for tune in tunes:
        characters = len(tune.bits.characters)
        figures = f"{tune.bits.total:.3f}", f"{tune.bits.total / characters:.4f}"
        yield tune.source, tune.number, characters, tune.notes, *figures


def _character_rows(tunes: Iterable[MeasuredTune]) -> Iterator[Sequence[object]]:
    """The end of a tune has no character; position 0 is what the network is told of the level."""
    yield "source", "tune", "position", "character", "bits"
    for tune in tunes:
        if tune.bits.level:
            yield tune.source, tune.number, 0, "", f"{tune.bits.level:.4f}"
        characters = zip_longest(tune.text, tune.bits.characters.tolist(), fillvalue="")
        for position, (character, bits) in enumerate(characters, 1):
            yield tune.source, tune.number, position, character, f"{bits:z.4f}"


def _print_bits(found: RunEvaluation) -> None:
    table = Table("source", box=box.HORIZONTALS, show_edge=False)
    for column in ("tunes", "bits per character", "per note", "per tune"):
        table.add_column(column, justify="right")
    for each in [*found.sources, found.whole] if len(found.sources) > 1 else [found.whole]:
        bits = each.bits
        figures = f"{bits.per_character:.3f}", f"{each.per_note:.2f}", f"{bits.per_tune:.0f}"
        table.add_row(each.source, f"{bits.tunes:,}", *figures)
    output_console().print(table)


def _as_json(found: RunEvaluation) -> Mapping[str, object]:
    return {
        "sources": [_source_as_json(each) for each in found.sources],
        "all": _source_as_json(found.whole),
        "not_taken": dict(found.not_taken),
    }


def _source_as_json(each: SourceEvaluation) -> Mapping[str, object]:
    return {
        "source": each.source,
        "tunes": each.bits.tunes,
        "characters": each.bits.characters,
        "notes": each.notes,
        "bits_per_character": each.bits.per_character,
        "bits_per_note": each.per_note,
        "bits_per_tune": each.bits.per_tune,
    }
