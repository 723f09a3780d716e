"""Which tunes of a file repeat an earlier one."""

from __future__ import annotations

from collections.abc import Sequence

from tuneloom.model.score.tunes.analysis import AnalysedTune

__all__ = ["first_copies"]


def first_copies(tunes: Sequence[AnalysedTune]) -> list[int | None]:
    """For each tune the index of the first one that it repeats, or None.

    It does so by canonical text, by melody, or by a print, in another key or with repeats written out.
    """
    first: dict[tuple[str, str], int] = {}
    copies: list[int | None] = []
    for index, tune in enumerate(tunes):
        keys = [("text", tune.text)]
        if tune.features:
            keys.append(("melody", tune.features.id))
            keys += [("print", each) for each in tune.features.fingerprints]
        earlier = [first[key] for key in keys if key in first]
        copies.append(min(earlier, default=None))
        for key in keys:
            first.setdefault(key, index)
    return copies
