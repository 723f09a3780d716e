"""Lyrics and symbol lines: which syllable or symbol each note has (section 5, 4.15).

Both kinds of line follow the same rules. A line begins at the first note of its voice that no line before it
covered, so it may run over several lines of music; adjacent lines begin at the same note. Chords count as
one note, tied notes as two; grace notes and rests do not count. The notes of an overlay count in the order
of the source (7.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from tuneloom.grammar.tune.elements import (
    DECORATION_LETTERS,
    Bar,
    Chord,
    Decoration,
    Field,
    Note,
    is_timed,
)
from tuneloom.grammar.tune.quoted import Annotation, ChordSymbol, read_quoted

__all__ = [
    "AlignedField", "LineSymbol", "Syllable", "Verse", "aligned_fields", "place_on_notes", "read_verses",
    "symbols_by_note",
]  # fmt: skip

Item = TypeVar("Item")

LineSymbol = Decoration | ChordSymbol | Annotation

_SYMBOL_PIECE = re.compile(r'"(?P<text>[^"]*)"|(?P<sign>[!+])(?P<name>[^!+\s]+)(?P=sign)|\S')
_NO_SYMBOL = Decoration("")


class AlignedField(Struct, frozen=True):
    """A w: or s: field, and the notes that it may cover: `measures` has the measure of each.

    `number` counts adjacent fields, from 1. Measures are the bars in which something sounds or rests; the
    field begins in `first_measure`, which has no note where it is a rest. `place` is the index of the bar
    that holds the field, and its index in that bar.
    """

    value: str
    number: int
    first_note: int
    first_measure: int
    measures: Sequence[int]
    place: tuple[int, int]


def aligned_fields(bars: Sequence[Bar], letter: str) -> Iterator[AlignedField]:
    """The fields `w` or `s` of a voice in the order of the source."""
    measures: list[int] = []
    measure = first_note = number = 0
    first_measure: int | None = None
    for bar_index, bar in enumerate(bars):
        is_empty = True
        for index, element in enumerate(bar.elements):
            if isinstance(element, Field):
                if element.letter == letter:
                    number += 1
                    yield AlignedField(
                        element.value,
                        number,
                        first_note,
                        measure if first_measure is None else first_measure,
                        measures[first_note:],
                        (bar_index, index),
                    )
                continue
            if number:  # music after a field: the next one is not adjacent to it
                number, first_note, first_measure = 0, len(measures), None
            if is_timed(element):
                is_empty = False
                first_measure = measure if first_measure is None else first_measure
                if isinstance(element, Note | Chord):
                    measures.append(measure)
        measure += not is_empty


def place_on_notes(
    items: Iterable[Item | None], field: AlignedField, blank: Item
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The item of each note from the field's first, and the items for which there is no note.

    None advances to the next bar, over notes that then get `blank`; where the bar is full already, it
    changes nothing. Notes may be left over at the end.
    """
    measures, measure = field.measures, field.first_measure
    placed: list[Item] = []
    surplus: list[Item] = []
    for item in items:
        if item is None:
            measure += 1
            continue
        while len(placed) < len(measures) and measures[len(placed)] < measure:
            placed.append(blank)
        if len(placed) < len(measures):
            measure = measures[len(placed)]
            placed.append(item)
        else:
            surplus.append(item)
    return tuple(placed), tuple(surplus)


def symbols_by_note(bars: Sequence[Bar]) -> dict[int, list[LineSymbol]]:
    """The symbols of each note or chord that has any in an s: line, by its number in the voice from 0."""
    found: dict[int, list[LineSymbol]] = {}
    for field in aligned_fields(bars, "s"):
        placed: tuple[LineSymbol, ...]
        placed, _ = place_on_notes(_line_symbols(field.value), field, _NO_SYMBOL)
        for note, symbol in enumerate(placed, start=field.first_note):
            if symbol != _NO_SYMBOL:
                found.setdefault(note, []).append(symbol)
    return found


def _line_symbols(line: str) -> Iterator[LineSymbol | None]:
    """The symbols of a line, and None for each `|`; `*`, and what has no meaning, skips a note."""
    for match in _SYMBOL_PIECE.finditer(line):
        if match[0] == "|":
            yield None
        elif match["text"] is not None:
            yield read_quoted(match["text"])
        else:
            name = match["name"] or DECORATION_LETTERS.get(match[0], "")
            yield Decoration(name) if name else _NO_SYMBOL


_PIECE = re.compile(r"(?:\\-|[^\s\-_*|])+|[\-_*|]")
# `\~n` is a letter with a tilde (8.2).
_TILDE = re.compile(r"(?<!\\)~")
_STANZA = re.compile(r"[0-9]+[.:)]*")


class Syllable(Struct, frozen=True):
    """What one note has of a w: line; `text` is empty where nothing new is sung.

    `is_held`: the syllable before it lasts on (`_`). `is_skipped`: the note has no words (`*`, or a `|` that
    passes over it). `is_hyphenated`: a hyphen follows, so the word goes on; a hyphen with a note of its own
    has no text.
    """

    text: str
    is_held: bool = False
    is_skipped: bool = False
    is_hyphenated: bool = False

    def __str__(self) -> str:
        return self.text + "-" if self.text and self.is_hyphenated else self.text


class Verse(Struct, frozen=True):
    """The words of one w: line: `syllables[i]` belongs to note or chord `first_note` + i of the voice.

    `number` counts adjacent w: lines, from 1 (5.2). The line could have covered `notes` notes, of which those
    at the end may have no syllable; `lost` syllables have no note.
    """

    number: int
    first_note: int
    syllables: tuple[Syllable, ...]
    notes: int
    lost: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        """The syllables as texts, empty for notes without a new one; with `-` where a word goes on."""
        return tuple(map(str, self.syllables))

    @property
    def stanza(self) -> str:
        """The number that the first word begins with, as the `1.` of `1.~Three`; or empty (5.3)."""
        first = next((syllable.text for syllable in self.syllables if syllable.text), "")
        match = _STANZA.match(first)
        return match[0] if match else ""


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
            yield Syllable(_TILDE.sub(" ", piece.replace("\\-", "-")), is_hyphenated=hyphenated)
