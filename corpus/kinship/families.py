"""Tune families: tunes joined by similar melodies or by passages in common, directly or through others."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.kinship.components import Components, Indices
from tuneloom.corpus.kinship.passages import CHARACTERS, join_runs, join_sections
from tuneloom.corpus.kinship.similar import MAX_FAMILY, Signatures, similar_groups
from tuneloom.corpus.kinship.two_runs import join_two_runs
from tuneloom.corpus.kinship.windows import TuneRows
from tuneloom.corpus.melody import SIGNATURE_SIZE
from tuneloom.corpus.sketch import RUN, SECTION, TuneSketch

__all__ = ["family_of"]

_GROWTH = 4 / 3
_LONGEST = 72  # steps; from here on a large family is left to similarity alone


@dataclass(frozen=True, slots=True)
class _Tunes:
    """The sketches of some tunes: `names` are their ids in order, and the owners of rows their indices."""

    names: NDArray[np.bytes_]
    signatures: Signatures
    steps: TuneRows
    bodies: TuneRows
    sections: set[bytes]

    @classmethod
    def of(cls, sketches: Iterable[TuneSketch]) -> _Tunes:
        """Gather sketches in any order. The same tune may come several times, with other bodies."""
        signatures, steps, bodies = bytearray(), bytearray(), bytearray()
        ids, steps_of, bytes_of = [], array("q"), array("q")
        sections: set[bytes] = set()
        for each in sketches:
            ids.append(each.id.encode())
            signatures += each.signature
            steps += each.steps
            steps_of.append(len(each.steps))
            bodies += each.body
            bytes_of.append(len(each.body))
            sections.update(each.sections)
        names, first, owners = np.unique(np.array(ids, "S"), return_index=True, return_inverse=True)
        by_sketch = TuneRows(np.frombuffer(steps, np.uint8), np.array(steps_of), owners)
        return cls(
            names=names,
            signatures=np.frombuffer(signatures, "<u2").reshape(-1, SIGNATURE_SIZE)[first],
            steps=by_sketch.take(first, np.arange(len(names))),
            bodies=TuneRows(np.frombuffer(bodies, np.uint8), np.array(bytes_of), owners),
            sections=sections,
        )


def family_of(sketches: Iterable[TuneSketch]) -> dict[str, str]:
    """The family of each tune that is not alone in its family: the smallest id in it.

    The order of the sketches does not matter. Duplicates, which have the same id, are one tune.
    """
    tunes = _Tunes.of(sketches)
    found: dict[str, str] = {}
    for members in _families(tunes):
        names = [name.decode() for name in tunes.names[members].tolist()]
        found |= dict.fromkeys(names, names[0])
    return found


def _families(tunes: _Tunes) -> Iterator[Indices]:
    sets = Components(len(tunes.names))
    similar = list(similar_groups(tunes.signatures))
    for group in similar:
        sets.join_all(group)
    join_runs(sets, tunes.steps, RUN)
    join_runs(sets, tunes.bodies, CHARACTERS)
    join_sections(sets, tunes.steps, tunes.sections)
    join_two_runs(sets, tunes.steps, SECTION)
    for members in sets.groups():
        yield from _split_by_passages(members, tunes, similar, RUN)


def _split_by_passages(
    members: Indices, tunes: _Tunes, similar: Sequence[Indices], run: float
) -> Iterator[Indices]:
    """A family as it is or, while it is too large, the families that only longer passages leave of it."""
    if len(members) <= MAX_FAMILY:
        yield members
        return
    sets = Components(len(members))
    inside = set(members.tolist())
    for group in similar:
        if int(group[0]) in inside:
            sets.join_all(np.searchsorted(members, group))
    longer = run * _GROWTH
    if longer > _LONGEST:
        yield from (members[group] for group in sets.groups())
        return
    join_runs(sets, tunes.steps.of(members), round(longer))
    join_runs(sets, tunes.bodies.of(members), round(longer * CHARACTERS / RUN))
    for group in sets.groups():
        yield from _split_by_passages(members[group], tunes, similar, longer)
