"""Lyrics: the syllables of a w: line and the notes on which they are sung (section 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tuneloom.grammar.tune.alignment import aligned_fields, place_on_notes
from tuneloom.grammar.tune.elements import Bar, Syllable, Verse

__all__ = ["read_verses"]

_PIECE = re.compile(r"(?:\\-|[^\s\-_*|])+|[\-_*|]")
_HELD = Syllable("", is_held=True)
_SKIPPED = Syllable("", is_skipped=True)
_HYPHEN = Syllable("", is_hyphenated=True)


def read_verses(bars: Sequence[Bar]) -> tuple[Verse, ...]:
    """The verses of a voice, one for each w: line."""
    verses = []
    for field in aligned_fields(bars, "w"):
        placed, surplus = place_on_notes(_syllables(field.value), field, _SKIPPED)
        lost = sum(not syllable.is_skipped for syllable in surplus)
        verses.append(Verse(field.number, field.first_note, placed, len(field.measures), lost))
    return tuple(verses)


def _syllables(words: str) -> Iterator[Syllable | None]:
    r"""The syllables of a line, and None for each `|`.

    `-` divides a word, and after a blank or another `-` it takes a note of its own; `_` holds a syllable for
    another note, `*` skips a note, `~` is a blank and `\-` a hyphen inside a syllable.
    """
    pieces = list(_PIECE.finditer(words))
    for index, match in enumerate(pieces):
        piece = match[0]
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if piece == "|":
            yield None
        elif piece == "_":
            yield _HELD
        elif piece == "*":
            yield _SKIPPED
        elif piece == "-":
            before = pieces[index - 1] if index else None
            if before is None or before.end() < match.start() or before[0] in ("-", "_", "*", "|"):
                yield _HYPHEN
        else:
            hyphenated = following is not None and following[0] == "-"
            yield Syllable(piece.replace("\\-", "-").replace("~", " "), is_hyphenated=hyphenated)
