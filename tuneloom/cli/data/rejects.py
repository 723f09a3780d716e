"""`tuneloom rejects`: the tunes that ingestion rejected, why, and where they are."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, dataset_argument
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.corpus.record import Reject

__all__ = ["rejects_command"]

DUPLICATE = "duplicate"


@command("rejects", "tuneloom rejects data/folk", "tuneloom rejects data/folk --code duplicate")
@dataset_argument
@click.option(
    "--code",
    metavar="CODE",
    multiple=True,
    help="Show only the tunes rejected with this code, such as duplicate. Repeatable.",
)
def rejects_command(data: Path, code: tuple[str, ...]) -> None:
    """Show the tunes that were rejected, by code.

    Duplicates are counted only, unless you ask for them with --code duplicate.
    """
    from tuneloom.pipeline.dataset.manifest import Manifest
    from tuneloom.pipeline.dataset.reader import read_rejects
    from tuneloom.pipeline.publish.source_locator import SourceLocator

    manifest = Manifest.load(data)
    found = list(read_rejects(data))
    counts = Counter(reject.code for reject in found)
    for wanted in code:
        if wanted not in counts:
            there = ", ".join(sorted(counts)) or "none at all"
            raise UsageError(f"{data}: no reject with the code {wanted!r}; there are: {there}")
    shown = set(code or counts.keys() - {DUPLICATE})
    by_code = sorted(
        (reject for reject in found if reject.code in shown),
        key=lambda reject: (-counts[reject.code], reject.code),
    )
    locator = SourceLocator(data, manifest)
    for name, group in groupby(by_code, key=lambda reject: reject.code):
        click.echo(click.style(f"{name}: {counts[name]:,}", bold=True))
        for reject in group:
            click.echo(_reject_text(reject, locator.line(reject)))
        click.echo()
    if counts[DUPLICATE] and DUPLICATE not in shown and not code:
        click.echo(f"{DUPLICATE}: {counts[DUPLICATE]:,} (shown by --code {DUPLICATE})")
    if not found:
        click.echo(f"{data}: every tune was taken")


def _reject_text(reject: Reject, line: str | None) -> str:
    from tuneloom.cli.text.snippets import snippet_at

    head = f"{reject.source}: {reject.place}: {reject.message}"
    number = reject.tune_line or reject.line
    return head if line is None else f"{head}\n{snippet_at(line, number, reject.column)}"
