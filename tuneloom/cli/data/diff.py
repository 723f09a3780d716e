"""`tuneloom diff`: what differs between two data sets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, path_type
from tuneloom.cli.status import FINDINGS

if TYPE_CHECKING:
    from tuneloom.pipeline.contract.differences import (
        DatasetDifferences,
        TuneDifference,
        TunePlace,
    )

__all__ = ["diff_command"]


@command(
    "diff",
    "tuneloom diff data/yesterday data/today",
    "tuneloom diff data/yesterday data/today --limit 0 --output-format json",
)
@click.argument("old", metavar="OLD", type=path_type(), help="The data set to compare with.")
@click.argument("new", metavar="NEW", type=path_type(), help="The data set to compare.")
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=10,
    show_default=True,
    metavar="N",
    help="Show at most N tunes of each kind of difference; 0 shows all.",
)
@click.option(
    "--output-format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Lines to read, or all of it as one JSON object.",
)
def diff_command(old: Path, new: Path, limit: int, output_format: str) -> int:
    """Show what differs between two data sets: tunes added, gone, changed and moved.

    A changed tune has another text or header. A moved one is in another split or at another place in its
    file. Exits with 1 if there is any difference.
    """
    from tuneloom.pipeline.contract.differences import compare_datasets

    found = compare_datasets(old, new)
    if output_format == "json":
        click.echo(json.dumps(_limited(found, limit), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(found, limit)))
    return FINDINGS if found else 0


def _limited(found: DatasetDifferences, limit: int) -> dict[str, object]:
    listed = {name: each[: limit or None] for name, each in _kinds(found).items()}
    return {
        "counts": _counts(found),
        **{name: [asdict(difference) for difference in each] for name, each in listed.items()},
    }


def _kinds(found: DatasetDifferences) -> dict[str, tuple[TunePlace | TuneDifference, ...]]:
    return {
        "added": found.added,
        "gone": found.gone,
        "changed": found.changed,
        "moved": found.moved,
    }


def _counts(found: DatasetDifferences) -> dict[str, int]:
    counts = {name: len(each) for name, each in _kinds(found).items()}
    return counts | {"equal": found.equal, "crossed": found.crossed}


def _lines(found: DatasetDifferences, limit: int) -> Iterator[str]:
    counts = _counts(found)
    crossed = counts.pop("crossed")
    yield "  ".join(f"{name} {count:,}" for name, count in counts.items())
    if crossed:
        yield f"{crossed:,} of the changed and moved tunes are in another split now"
    for name, differences in _kinds(found).items():
        shown = differences[: limit or None]
        if shown:
            yield ""
            yield click.style(f"{name}: {len(differences):,}", bold=True)
        yield from (f"  {_line(difference)}" for difference in shown)
        if more := len(differences) - len(shown):
            yield f"  and {more:,} more (--limit 0 shows all)"


def _line(difference: TunePlace | TuneDifference) -> str:
    from tuneloom.pipeline.contract.differences import TuneDifference

    if not isinstance(difference, TuneDifference):
        return f"{_place_text(difference)} {difference.title} ({difference.split})"
    old, new = difference.old, difference.new
    changes = [name for name in difference.features if name not in ("offset", "split")]
    if old.offset != new.offset and not changes:
        changes.append(f"from byte {old.offset:,}")
    if old.split != new.split:
        changes.append(f"{old.split} to {new.split}")
    return f"{_place_text(new)} {new.title}: {', '.join(changes)}"


def _place_text(place: TunePlace) -> str:
    return f"{place.source}: {place.path} at byte {place.offset:,}:"
