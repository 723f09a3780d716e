"""Two tunes with a passage in common, side by side in 80 columns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from tuneloom.cli.text.tune_names import printable

if TYPE_CHECKING:
    from tuneloom.model.score.reports.audit import AuditedTune
    from tuneloom.model.score.reports.shared_pairs import SharedPair

__all__ = ["side_by_side"]

_COLUMN = 38
_GAP = "  "


def side_by_side(pair: SharedPair) -> Iterator[str]:
    """The lines of two tunes beside each other; what they have in common is underlined."""
    sides = (
        _side("held out", pair.held, pair.starts[0], pair.characters),
        _side("training", pair.training, pair.starts[1], pair.characters),
    )
    for left, right in zip_longest(*sides, fillvalue=""):
        yield f"{left:<{_COLUMN}}{_GAP}{right}".rstrip()


def _side(role: str, tune: AuditedTune, start: int, length: int) -> list[str]:
    record = tune.record
    head = [record.title or "without a title", f"{role}: {record.source} {record.path}"]
    rows = [printable(text)[:_COLUMN] for text in head]
    body = tune.sketch.body.decode()
    place = 0
    for line in body.splitlines(keepends=True):
        for piece in _fitting_pieces(line):
            marks = "".join(
                "~" if start <= at < start + length else " "
                for at in range(place, place + len(piece.rstrip("\n")))
            ).rstrip()
            rows.append(printable(piece.rstrip("\n")))
            rows += [marks] if marks else []
            place += len(piece)
    return rows


def _fitting_pieces(line: str) -> Iterator[str]:
    """A line in pieces that fit a column, cut after bar lines, or else blanks, where that is possible."""
    while len(line.rstrip("\n")) > _COLUMN:
        cut = line.rfind("|", 0, _COLUMN) + 1 or line.rfind(" ", 0, _COLUMN) + 1 or _COLUMN
        yield line[:cut]
        line = line[cut:]
    yield line
