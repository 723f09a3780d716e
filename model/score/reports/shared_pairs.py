"""The pairs of a held-out and a training tune that have the longest passages in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tuneloom.corpus.kinship.relatives import longest_common_run
from tuneloom.corpus.kinship.windows import window_hashes
from tuneloom.model.score.reports.audit import AuditedSplit, AuditedTune

__all__ = ["SharedPair", "worst_pairs"]


@dataclass(frozen=True, slots=True)
class SharedPair:
    """A held-out tune, a training tune, and the longest run of characters that their bodies share.

    `starts` says where the run begins in each body.
    """

    held: AuditedTune
    training: AuditedTune
    characters: int
    starts: tuple[int, int]

    @property
    def passage(self) -> str:
        return self.held.sketch.body.decode()[self.starts[0] :][: self.characters]


def worst_pairs(tunes: Sequence[AuditedTune], split: AuditedSplit, count: int) -> list[SharedPair]:
    """The pairs with the longest passages, one for each held-out tune."""
    held = np.flatnonzero(split.held)
    training = [tunes[i] for i in np.flatnonzero(~split.held).tolist()]
    bodies = [tune.sketch.body for tune in training]
    pairs: list[SharedPair] = []
    for place in np.argsort(-split.longest_text, kind="stable")[:count].tolist():
        tune, length = tunes[int(held[place])], int(split.longest_text[place])
        other = training[_holder_of_run(tune.sketch.body, bodies, length)]
        run = longest_common_run(tune.sketch.body, other.sketch.body)
        pairs.append(SharedPair(tune, other, run.length, run.starts))
    return pairs


def _holder_of_run(row: bytes, others: Sequence[bytes], length: int) -> int:
    """The index of the first other row that has a run of this length in common with a row."""
    own = np.unique(window_hashes(np.frombuffer(row, np.uint8), length))
    hashes = (window_hashes(np.frombuffer(other, np.uint8), length) for other in others)
    return next(index for index, each in enumerate(hashes) if np.isin(each, own).any())
