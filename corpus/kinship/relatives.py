"""How the tunes of a family are related, each to the one before it that is closest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tuneloom.corpus.kinship.families import family_of
from tuneloom.corpus.kinship.similar import MIN_AGREEMENT
from tuneloom.corpus.kinship.windows import window_hashes
from tuneloom.corpus.sketch import TuneSketch

__all__ = ["CommonRun", "Relative", "RelativeKind", "longest_common_run", "related_tunes"]

RelativeKind = Literal["exact", "near", "passage"]
"""The same melody; one that is similar as a whole; or one with a passage in common."""

_MAX_COMPARED = 50  # tunes of one family that a tune is compared with, run by run


@dataclass(frozen=True, slots=True)
class CommonRun:
    """The longest run that two rows have in common: its length, and where it begins in each."""

    length: int
    starts: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Relative:
    """A tune of a family by its index, and the tune of it to which it is related most closely.

    `similarity` estimates the Jaccard similarity of their n-grams, `notes` is the length of their longest
    common passage, and `part` says whether this passage is all of one of them; `characters` is that of the
    longest common passage of their bodies. The first tune of a family has no `other`, and its kind is None.
    """

    tune: int
    other: int | None = None
    kind: RelativeKind | None = None
    similarity: float = 0.0
    notes: int = 0
    part: bool = False
    characters: int = 0


def related_tunes(sketches: Sequence[TuneSketch]) -> list[list[Relative]]:
    """The families and duplicates among some tunes, each in the order of the tunes."""
    families = family_of(sketches)
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index, each in enumerate(sketches):
        groups[families.get(each.id, each.id)].append(index)
    return [_relatives(group, sketches) for group in groups.values() if len(group) > 1]


def longest_common_run(one: bytes, other: bytes) -> CommonRun:
    """The longest run that two rows have in common, the first one of several.

    A run of a length holds runs of every smaller one, so the length is found by bisection. difflib does the
    same in a time that grows with the product of the lengths.
    """
    rows = np.frombuffer(one, np.uint8), np.frombuffer(other, np.uint8)
    best = CommonRun(0, (0, 0))
    most = min(len(one), len(other))
    while best.length < most:
        length = (best.length + most + 1) // 2
        ours, theirs = (window_hashes(row, length) for row in rows)
        common = np.isin(ours, theirs)
        if common.any():
            place = int(common.argmax())
            best = CommonRun(length, (place, int((theirs == ours[place]).argmax())))
        else:
            most = length - 1
    return best


def _relatives(group: Sequence[int], sketches: Sequence[TuneSketch]) -> list[Relative]:
    signatures = np.array([np.frombuffer(sketches[i].signature, np.uint16) for i in group])
    first: dict[str, int] = {}
    found: list[Relative] = []
    for place, index in enumerate(group):
        same = first.setdefault(sketches[index].id, index)
        if same != index:
            found.append(_relative(index, same, "exact", sketches, 1.0))
            continue
        if not place:
            found.append(Relative(index))
            continue
        agreement = (signatures[:place] == signatures[place]).mean(axis=1)
        nearest = int(agreement.argmax())
        if agreement[nearest] >= MIN_AGREEMENT:
            found.append(_relative(index, group[nearest], "near", sketches, agreement[nearest]))
        else:
            found.append(_passage(index, group, sketches))
    return found


def _relative(
    tune: int, other: int, kind: RelativeKind, sketches: Sequence[TuneSketch], similarity: float
) -> Relative:
    one, two = sketches[tune], sketches[other]
    run = longest_common_run(one.steps, two.steps).length
    return Relative(
        tune=tune,
        other=other,
        kind=kind,
        similarity=round(float(similarity), 2),
        notes=run + 1,
        part=run == min(len(one.steps), len(two.steps)),
        characters=longest_common_run(one.body, two.body).length,
    )


def _passage(tune: int, group: Sequence[int], sketches: Sequence[TuneSketch]) -> Relative:
    """The longest passage that a tune has in common with an earlier one of its family, or with any."""
    signature = np.frombuffer(sketches[tune].signature, np.uint16)

    def relation(other: int) -> Relative:
        agreement = (signature == np.frombuffer(sketches[other].signature, np.uint16)).mean()
        return _relative(tune, other, "passage", sketches, float(agreement))

    others = [other for other in group if other != tune][:_MAX_COMPARED]
    return max(map(relation, others), key=lambda each: (each.notes, each.characters))
