"""The form of a tune: its phrases as letters, such as AABB."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["phrase_form"]

_LONG, _SHORT = 8, 4  # bars of a phrase
_LONG_TUNE = 24  # bars from which phrases are long: three strains or more
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def phrase_form(pattern: Sequence[int]) -> str:
    """The form of a tune whose bars, in playing order, are given as numbers that are equal for equal bars.

    A tune of 24 bars or more is cut into phrases of eight bars, the strains of dance tunes, a shorter one
    into phrases of four. A phrase gets the letter of the first phrase that has the same bar in half of its
    places or more, else a new letter. Bars left over at the end are a phrase if they are half of one, and
    the form of more than 26 different phrases is cut there.
    """
    size = _LONG if len(pattern) >= _LONG_TUNE else _SHORT
    kinds: list[Sequence[int]] = []
    form = ""
    for start in range(0, len(pattern) - size // 2 + 1, size):
        phrase = pattern[start : start + size]
        kind = next((k for k, known in enumerate(kinds) if _alike(phrase, known)), len(kinds))
        if kind == len(kinds):
            kinds.append(phrase)
        if kind == len(_LETTERS):
            break
        form += _LETTERS[kind]
    return form


def _alike(phrase: Sequence[int], known: Sequence[int]) -> bool:
    same = sum(a == b for a, b in zip(phrase, known, strict=False))
    return 2 * same >= max(len(phrase), len(known))
