"""`tuneloom sources`: the collections known by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from rich.table import Table

from tuneloom.cli.command import command
from tuneloom.cli.console import output_console

if TYPE_CHECKING:
    from tuneloom.corpus.source import Source

__all__ = ["sources_command"]


@command("sources", "tuneloom sources")
def sources_command() -> None:
    """List the collections known by name.

    Shows the title, license and size of each, and whether it is on this machine already.
    """
    from tuneloom.corpus.sources import SOURCES

    console = output_console()
    console.print(_sources_table(SOURCES.values()))
    for note in _shared_notes(SOURCES.values()):
        console.print("\n" + note)
    console.print("\nThe others are downloaded when first used, or by tuneloom fetch NAME.")


def _sources_table(listed: Iterable[Source]) -> Table:
    table = Table("name", "title", "license", box=None, header_style="bold", pad_edge=False)
    table.add_column("files", justify="right")
    table.add_column("size", justify="right")
    table.add_column("here")
    for source in listed:
        here = "yes" if source.here() else "no"
        table.add_row(
            source.name,
            source.title,
            source.license.name,
            str(len(source.parts())),
            _size_cell(source),
            here,
        )
    return table


def _size_cell(source: Source) -> str:
    size = source.size()
    return f"{size / 1e6:.1f} MB" if size else "–"


def _shared_notes(listed: Iterable[Source]) -> Iterator[str]:
    """Each note once, after the names of the sources that share it."""
    noted = sorted((source for source in listed if source.note), key=lambda source: source.note)
    for note, sharing in groupby(noted, key=lambda source: source.note):
        yield f"{', '.join(source.name for source in sharing)}: {note}"
