"""Pairs of tunes with the longest passages in common, side by side in 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np

from tuneloom.cli.text.tune_names import printable

if TYPE_CHECKING:
    from tuneloom.model.score.reports.audit import AuditedSplit, AuditedTune

__all__ = ["SharedPair", "worst_pairs"]

_COLUMN = 38
_GAP = "  "


@dataclass(frozen=True, slots=True)
class SharedPair:
    """A held-out tune, a training tune, and the characters of the body that they have in common in a row."""

    held: AuditedTune
    training: AuditedTune
    characters: int
    starts: tuple[int, int]

    def lines(self, split: str) -> Iterator[str]:
        """The two tunes beside each other; what they have in common is underlined."""
        yield f"{split}: {self.characters} characters in common"
        sides = [
            _side("held out", self.held, self.starts[0], self.characters),
            _side("training", self.training, self.starts[1], self.characters),
        ]
        for left, right in zip_longest(*sides, fillvalue=""):
            yield f"{left:<{_COLUMN}}{_GAP}{right}".rstrip()

    def to_json(self) -> dict[str, object]:
        return {
            "characters": self.characters,
            "held_out": _tune_as_json(self.held),
            "training": _tune_as_json(self.training),
            "passage": self.held.sketch.body.decode()[self.starts[0] :][: self.characters],
        }


def worst_pairs(tunes: Sequence[AuditedTune], split: AuditedSplit, count: int) -> list[SharedPair]:
    """The pairs with the longest passages, one for each held-out tune."""
    from tuneloom.corpus.kinship.relatives import longest_common_run
    from tuneloom.model.score.similarity.shared_passage import holder_of_run

    held = np.flatnonzero(split.held)
    training = [tunes[i] for i in np.flatnonzero(~split.held).tolist()]
    bodies = [tune.sketch.body for tune in training]
    pairs: list[SharedPair] = []
    for place in np.argsort(-split.longest_text, kind="stable")[:count].tolist():
        tune, length = tunes[int(held[place])], int(split.longest_text[place])
        other = training[holder_of_run(tune.sketch.body, bodies, length)]
        run = longest_common_run(tune.sketch.body, other.sketch.body)
        pairs.append(SharedPair(tune, other, run.length, run.starts))
    return pairs


def _side(role: str, tune: AuditedTune, start: int, length: int) -> list[str]:
    record = tune.record
    head = [record.title or "without a title", f"{role}: {record.source} {record.path}"]
    rows = [printable(text)[:_COLUMN] for text in head]
    body = tune.sketch.body.decode()
    place = 0
    for line in body.splitlines(keepends=True):
        for piece in _pieces(line):
            marks = "".join(
                "~" if start <= at < start + length else " "
                for at in range(place, place + len(piece.rstrip("\n")))
            ).rstrip()
            rows.append(printable(piece.rstrip("\n")))
            rows += [marks] if marks else []
            place += len(piece)
    return rows


def _pieces(line: str) -> Iterator[str]:
    """A line in pieces that fit a column, cut after bar lines, or else blanks, where that is possible."""
    while len(line.rstrip("\n")) > _COLUMN:
        cut = line.rfind("|", 0, _COLUMN) + 1 or line.rfind(" ", 0, _COLUMN) + 1 or _COLUMN
        yield line[:cut]
        line = line[cut:]
    yield line


def _tune_as_json(tune: AuditedTune) -> dict[str, object]:
    record = tune.record
    return {
        "split": tune.split,
        "id": record.id,
        "title": record.title,
        "source": record.source,
        "path": record.path,
        "offset": record.offset,
        "abc": record.abc,
    }
