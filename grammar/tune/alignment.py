"""Which notes the items of a w: or an s: line go with (4.15, 5.1).

Both kinds of line follow the same rules. A line begins at the first note of its voice that no line before it
covered, so it may run over several lines of music; adjacent lines begin at the same note. Chords count as
one note, tied notes as two; grace notes and rests do not count. The notes of an overlay count in the order
of the source (7.4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tuneloom.grammar.tune.elements import Bar, Chord, Field, Note, is_timed

__all__ = ["AlignedField", "aligned_fields", "place_on_notes"]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class AlignedField:
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
