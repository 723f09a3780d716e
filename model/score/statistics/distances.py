"""How like the real thing: distances between the distributions of a few musical figures.

Categories (intervals, durations, repeats, the last note) are compared by total variation, the share of
one distribution that must move to make it the other, 0 to 1. Amounts (pitch range, bars) are compared by
the first Wasserstein distance, how far it must move on average, in the unit of the amount.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from tuneloom.model.score.tunes.features import TuneFeatures

__all__ = [
    "FIGURES",
    "DistributionDistances",
    "distribution_distances",
    "fixed_sample",
    "total_variation",
    "wasserstein",
]

_Item = TypeVar("_Item")
_SEED = 1
_MOST_REPEATS = 4  # more count as this many

FIGURES = {
    "pitch_range": "semitones",
    "intervals": "share of notes",
    "durations": "share of notes",
    "bars": "bars a tune",
    "final_on_tonic": "share of tunes",
    "repeats": "share of tunes",
}
"""Each figure and the unit of its distance."""


@dataclass(frozen=True, slots=True)
class DistributionDistances:
    """Distances from real tunes; `tunes` is how many were compared with how many `real` ones.

    `pitch_range`: Wasserstein, semitones. `intervals`: total variation over signed semitones from note
    to note, all notes together. `durations`: total variation over the exact lengths in whole notes, all
    notes together. `bars`: Wasserstein, bars. `final_on_tonic`: total variation of two shares, which is
    their difference. `repeats`: total variation over how many repeats a tune has, 4 and more as one.
    """

    tunes: int
    real: int
    pitch_range: float
    intervals: float
    durations: float
    bars: float
    final_on_tonic: float
    repeats: float

    def to_json(self) -> dict[str, Any]:
        distances = {name: round(getattr(self, name), 4) for name in FIGURES}
        return {"tunes": self.tunes, "real": self.real, **distances}


def distribution_distances(
    tunes: Sequence[TuneFeatures], real: Sequence[TuneFeatures]
) -> DistributionDistances | None:
    """How far tunes are from real ones; None if there are none on either side."""
    if not tunes or not real:
        return None

    def apart(of: Callable[[TuneFeatures], Iterable[Hashable]]) -> float:
        return total_variation(
            Counter(item for tune in tunes for item in of(tune)),
            Counter(item for tune in real for item in of(tune)),
        )

    def moved(of: Callable[[TuneFeatures], int]) -> float:
        return wasserstein(list(map(of, tunes)), list(map(of, real)))

    return DistributionDistances(
        tunes=len(tunes),
        real=len(real),
        pitch_range=moved(lambda tune: tune.pitch_range),
        intervals=apart(lambda tune: tune.intervals),
        durations=apart(lambda tune: tune.durations),
        bars=moved(lambda tune: tune.bars),
        final_on_tonic=apart(lambda tune: () if tune.on_tonic is None else (tune.on_tonic,)),
        repeats=apart(lambda tune: (min(tune.repeats, _MOST_REPEATS),)),
    )


def fixed_sample(items: Sequence[_Item], count: int) -> list[_Item]:
    """At most `count` of the items, in their order, the same at each call."""
    chosen = random.Random(_SEED).sample(range(len(items)), min(count, len(items)))
    return [items[index] for index in sorted(chosen)]


def total_variation(mine: Counter[Hashable], theirs: Counter[Hashable]) -> float:
    """Half the sum of the differences of two distributions' shares: 0 for equal ones, 1 for disjoint.

    An empty distribution is equal to an empty one and disjoint from any other.
    """
    if not mine or not theirs:
        return float(bool(mine) != bool(theirs))
    ours, total = mine.total(), theirs.total()
    return sum(abs(mine[x] / ours - theirs[x] / total) for x in mine.keys() | theirs.keys()) / 2


def wasserstein(mine: Sequence[float], theirs: Sequence[float]) -> float:
    """The area between the two cumulative distributions, in the unit of the values; neither is empty."""
    values = np.unique(np.concatenate([mine, theirs]))
    shares = [
        np.searchsorted(np.sort(each), values[:-1], "right") / len(each) for each in (mine, theirs)
    ]
    return float(np.sum(np.abs(shares[0] - shares[1]) * np.diff(values)))
