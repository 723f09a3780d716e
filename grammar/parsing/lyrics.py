"""Lyrics: the syllables of a w: line find their notes (section 5 of ABC 2.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["align", "syllable_count"]

_SYLLABLE = re.compile(r"(?:\\-|[^\s\-_*|])+|[\-_*|]")


def align(words: str, bars: Sequence[int]) -> tuple[str, ...]:
    """The syllable of each note; `bars` says in which bar each note of the line stands.

    `-` parts the syllables of a word, `_` holds one for another note (an empty text here, as for `*`,
    which leaves a note without), `~` is a space inside a syllable, `|` goes on at the next bar. A note
    may be left over at the end; syllables that are left over are ignored, as the standard says.
    """
    syllables: list[str] = []
    after_syllable = False
    for piece in _SYLLABLE.findall(words):
        if piece == "|":
            _skip_bar(syllables, bars)
        elif piece in ("_", "*") or (piece == "-" and not after_syllable):
            syllables.append("")
        elif piece == "-":
            syllables[-1] += "-"
        else:
            syllables.append(piece.replace("\\-", "-").replace("~", " "))
        after_syllable = piece not in ("|", "_", "*", "-")
    return tuple(syllables[: len(bars)])


def syllable_count(words: str) -> int:
    """How many notes the words ask for, if each `|` in them stands where the music has its bar line."""
    count = 0
    after_syllable = False
    for piece in _SYLLABLE.findall(words):
        count += piece not in ("|", "-") or (piece == "-" and not after_syllable)
        after_syllable = piece not in ("|", "_", "*", "-")
    return count


def _skip_bar(syllables: list[str], bars: Sequence[int]) -> None:
    """Leave the rest of the bar, in which the last syllable stands, without words."""
    done = len(syllables)
    if 0 < done < len(bars):
        bar = bars[done - 1]
        while len(syllables) < len(bars) and bars[len(syllables)] == bar:
            syllables.append("")
