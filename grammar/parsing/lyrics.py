"""Lyrics: aligns the syllables of a w: line with the notes (section 5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["align", "syllable_count"]

_SYLLABLE = re.compile(r"(?:\\-|[^\s\-_*|])+|[\-_*|]")


def align(words: str, bars: Sequence[int]) -> tuple[str, ...]:
    """The syllable of each note; `bars` has the number of the bar of each note in the line.

    `-` separates the syllables of a word, `_` holds one for another note and `*` skips a note (both give an
    empty text), `~` is a space inside a syllable, `|` goes to the next bar. Notes may be left over at the
    end; syllables that are left over are ignored, as the standard says.
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
    """How many notes the words need, if each `|` among them is at a bar line of the music."""
    count = 0
    after_syllable = False
    for piece in _SYLLABLE.findall(words):
        count += piece not in ("|", "-") or (piece == "-" and not after_syllable)
        after_syllable = piece not in ("|", "_", "*", "-")
    return count


def _skip_bar(syllables: list[str], bars: Sequence[int]) -> None:
    """Leave the notes after the last syllable without words up to the end of their bar."""
    done = len(syllables)
    if 0 < done < len(bars):
        bar = bars[done - 1]
        while len(syllables) < len(bars) and bars[len(syllables)] == bar:
            syllables.append("")
