"""`tuneloom rejects`: what an ingestion did not take, and why, with the line and the place."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.corpus.record import Reject

__all__ = ["rejects"]

DUPLICATE = "duplicate"


def rejects(
    data: Annotated[Path, typer.Argument(metavar="DIR", help="A data set, as ingested.")],
    code: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Show these codes only, such as duplicate."),
    ] = None,
) -> None:
    """Show each tune that was not taken, by code; of duplicates only how many, unless asked."""
    from tuneloom.pipeline.dataset.manifest import Manifest
    from tuneloom.pipeline.dataset.reader import read_rejects
    from tuneloom.pipeline.publish.origins import Origins

    manifest = Manifest.load(data)
    found = list(read_rejects(data))
    counts = Counter(reject.code for reject in found)
    for wanted in code or ():
        if wanted not in counts:
            there = ", ".join(sorted(counts)) or "none at all"
            raise UsageError(f"{data}: no reject with the code {wanted!r}; there are: {there}")
    shown = set(code or counts.keys() - {DUPLICATE})
    by_code = sorted(
        (reject for reject in found if reject.code in shown),
        key=lambda reject: (-counts[reject.code], reject.code),
    )
    origins = Origins(data, manifest)
    for name, group in groupby(by_code, key=lambda reject: reject.code):
        typer.echo(typer.style(f"{name}: {counts[name]:,}", bold=True))
        for reject in group:
            typer.echo(_text(reject, origins.line(reject)))
        typer.echo()
    if counts[DUPLICATE] and DUPLICATE not in shown and not code:
        typer.echo(f"{DUPLICATE}: {counts[DUPLICATE]:,} (shown by --code {DUPLICATE})")
    if not found:
        typer.echo(f"{data}: every tune was taken")


def _text(reject: Reject, line: str | None) -> str:
    from tuneloom.cli.text.findings import place_in

    head = f"{reject.source}: {reject.path}:{reject.line}:{reject.column}: {reject.message}"
    return head if line is None else f"{head}\n{place_in(line, reject.line, reject.column)}"
