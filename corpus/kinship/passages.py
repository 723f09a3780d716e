"""Passages in common: tunes of which one has a long run, or a whole section, of the other.

Steps are intervals in semitones, so key and note lengths do not matter. Tunes are related that share
    RUN steps in a row;
    SECTION steps in a row twice over: two such runs that differ, and do not overlap in either tune;
    a whole section of SECTION steps or more, which one of them may have anywhere;
    CHARACTERS of the body in a row, in the melody profile, for what is told by its rhythm.
RUN is where chance ends: with two steps less, tunes that have only scales and formulas in common begin to
join into one large family (`python -m benchmarks containment`, docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from tuneloom.corpus.kinship.components import Components
from tuneloom.corpus.kinship.windows import (
    CommonWindows,
    TuneRows,
    common_windows,
    window_hashes,
)

__all__ = ["CHARACTERS", "join_runs", "join_sections"]

CHARACTERS = 40
"""Characters of the body in a row that make a relation."""


def join_runs(sets: Components, rows: TuneRows, length: int) -> None:
    """Join the tunes that have a window of this length in common."""
    for found in common_windows(rows, length):
        _join_holders(sets, found)


def join_sections(sets: Components, steps: TuneRows, sections: Iterable[bytes]) -> None:
    """Join the tunes that have one of these sections, each given by its steps."""
    by_length: dict[int, set[bytes]] = {}
    for section in sections:
        by_length.setdefault(len(section), set()).add(section)
    for length, same in sorted(by_length.items()):
        codes = (np.frombuffer(section, np.uint8) for section in same)
        hashes = np.unique(np.concatenate([window_hashes(each, length) for each in codes]))
        for found in common_windows(steps, length, hashes):
            _join_holders(sets, found)


def _join_holders(sets: Components, found: CommonWindows) -> None:
    same = np.flatnonzero(found.windows[1:] == found.windows[:-1])
    pairs = np.column_stack([found.owners[same], found.owners[same + 1]])
    sets.join(np.unique(sets.apart(pairs), axis=0))
