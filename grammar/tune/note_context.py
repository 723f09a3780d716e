"""The notes of a voice, each with all that belongs to it: a view that is computed from the elements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from tuneloom.grammar.tune.elements import (
    Chord,
    Decoration,
    Element,
    GraceGroup,
    MultiRest,
    Note,
    Quoted,
    Rest,
    SlurClose,
    SlurOpen,
    Tuplet,
    Voice,
)
from tuneloom.grammar.tune.lyrics import LineSymbol, Syllable, Verse, symbols_by_note
from tuneloom.grammar.tune.overlays import layer_parts
from tuneloom.grammar.tune.quoted import Annotation, ChordSymbol, read_quoted

__all__ = ["NoteContext", "TimedElement", "notes_in_context"]

TimedElement = Note | Chord | Rest | MultiRest
_NO_WORDS = Syllable("", is_skipped=True)


class NoteContext(Struct, frozen=True):
    """A note, chord or rest and what belongs to it. Its partners are indexes in the same list of notes.

    `bar` and `index` say where the element is: `voice.bars[bar].elements[index]`; `layer` is 0, or the number
    of its overlay. What an s: line says is added to what is written before the note.
    """

    element: TimedElement
    bar: int
    index: int
    layer: int = 0
    grace: tuple[Note | Chord, ...] = ()
    decorations: tuple[Decoration, ...] = ()
    chord_symbols: tuple[ChordSymbol, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    syllables: tuple[Syllable, ...] = ()
    """What is sung, verse by verse; empty where no w: line covers the note."""
    tuplet: Tuplet | None = None
    tuplet_start: int | None = None
    """The first note of the tuplet."""
    tied_from: int | None = None
    tied_to: int | None = None
    slurs_from: tuple[int, ...] = ()
    """Where the slurs that end here begin."""
    slurs_to: tuple[int, ...] = ()


class _Placed(Struct, frozen=True):
    element: Element
    layer: int
    bar: int
    index: int


class _Belongings(Struct):
    """What was read before a note and belongs to it, or to its s: line."""

    grace: list[Note | Chord] = field(default_factory=list)
    symbols: list[LineSymbol] = field(default_factory=list)
    tuplet: Tuplet | None = None
    tuplet_start: int | None = None

    def read(self, element: Element) -> None:
        if isinstance(element, GraceGroup):
            self.grace += element.notes
        elif isinstance(element, Quoted):
            self.symbols.append(read_quoted(element.text))
        elif isinstance(element, Decoration):
            self.symbols.append(element)

    def end_bar(self) -> None:
        """Decorations before a bar line, such as `!fine!`, belong to it."""
        self.symbols = [each for each in self.symbols if not isinstance(each, Decoration)]

    def decorations(self) -> tuple[Decoration, ...]:
        return tuple(each for each in self.symbols if isinstance(each, Decoration))

    def chord_symbols(self) -> tuple[ChordSymbol, ...]:
        return tuple(each for each in self.symbols if isinstance(each, ChordSymbol))

    def annotations(self) -> tuple[Annotation, ...]:
        return tuple(each for each in self.symbols if isinstance(each, Annotation))


def notes_in_context(voice: Voice) -> tuple[NoteContext, ...]:
    """The notes, chords and rests of a voice in the order of the source, overlays included."""
    placed = list(_placed_elements(voice))
    timed = [(each, each.element) for each in placed if isinstance(each.element, TimedElement)]
    sung = [i for i, (_, element) in enumerate(timed) if isinstance(element, Note | Chord)]
    belongings = _belongings(placed)
    for note, symbols in symbols_by_note(voice.bars).items():
        belongings[sung[note]].symbols += symbols
    words = {sung[note]: syllables for note, syllables in _words_by_note(voice.verses).items()}
    slurs, ties = _slur_partners(placed), _tie_partners(placed)
    slurs_from, slurs_to = _partners((end, start) for start, end in slurs), _partners(slurs)
    tied_from, tied_to = {end: start for start, end in ties}, dict(ties)
    return tuple(
        NoteContext(
            element=element,
            bar=each.bar,
            index=each.index,
            layer=each.layer,
            grace=tuple(own.grace),
            decorations=own.decorations(),
            chord_symbols=own.chord_symbols(),
            annotations=own.annotations(),
            syllables=words.get(number, ()),
            tuplet=own.tuplet,
            tuplet_start=own.tuplet_start,
            tied_from=tied_from.get(number),
            tied_to=tied_to.get(number),
            slurs_from=slurs_from.get(number, ()),
            slurs_to=slurs_to.get(number, ()),
        )
        for number, ((each, element), own) in enumerate(zip(timed, belongings, strict=True))
    )


def _belongings(placed: Sequence[_Placed]) -> list[_Belongings]:
    """What is written before each note, and the tuplet that it is in."""
    found: list[_Belongings] = []
    own = _Belongings()
    tuplet: Tuplet | None = None
    start = layer = bar = 0
    for each in placed:
        if each.layer != layer:
            own = _Belongings()
        elif each.bar != bar:
            own.end_bar()
        layer, bar = each.layer, each.bar
        if isinstance(each.element, Tuplet):
            tuplet, start = each.element, len(found)
        elif isinstance(each.element, TimedElement):
            if tuplet and len(found) < start + tuplet.r:
                own.tuplet, own.tuplet_start = tuplet, start
            found.append(own)
            own = _Belongings()
        else:
            own.read(each.element)
    return found


def _placed_elements(voice: Voice) -> Iterator[_Placed]:
    for part in layer_parts(voice.bars):
        elements = voice.bars[part.bar].elements
        for index in range(part.start, part.stop):
            yield _Placed(elements[index], part.layer, part.bar, index)


def _slur_partners(placed: Sequence[_Placed]) -> list[tuple[int, int]]:
    """The first and the last note of each slur; slurs nest (4.11)."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    number = -1
    for each in placed:
        element = each.element
        closed = 0
        if isinstance(element, TimedElement):
            number += 1
            closed = _slurs_that_end(element)
        elif isinstance(element, SlurOpen):
            opened.append(number + 1)
        elif isinstance(element, SlurClose):
            closed = element.count
        pairs += [(opened.pop(), number) for _ in range(min(closed, len(opened)))]
    return pairs


def _slurs_that_end(element: TimedElement) -> int:
    if isinstance(element, Chord):
        return element.slurs_closed + sum(note.slurs_closed for note in element.notes)
    return 0 if isinstance(element, MultiRest) else element.slurs_closed


def _tie_partners(placed: Sequence[_Placed]) -> list[tuple[int, int]]:
    """The notes that a tie joins: one and the next of its layer, if they have a pitch in common."""
    pairs: list[tuple[int, int]] = []
    tied: dict[int, tuple[int, frozenset[int]]] = {}
    number = -1
    for each in placed:
        element = each.element
        if not isinstance(element, TimedElement):
            continue
        number += 1
        start, pitches = tied.pop(each.layer, (0, frozenset()))
        notes = _notes_of(element)
        if any(note.pitch in pitches for note in notes):
            pairs.append((start, number))
        all_tied = isinstance(element, Chord) and element.tied
        held = frozenset(note.pitch for note in notes if note.tied or all_tied)
        if held:
            tied[each.layer] = (number, held)
    return pairs


def _notes_of(element: TimedElement) -> tuple[Note, ...]:
    if isinstance(element, Chord):
        return element.notes
    return (element,) if isinstance(element, Note) else ()


def _partners(pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = defaultdict(tuple)
    for one, other in pairs:
        found[one] += (other,)
    return found


def _words_by_note(verses: Sequence[Verse]) -> dict[int, tuple[Syllable, ...]]:
    """The syllables of each note or chord that a w: line covers, in the order of the verses."""
    found: dict[int, list[Syllable]] = defaultdict(list)
    for verse in verses:
        for offset in range(verse.notes):
            words = verse.syllables
            found[verse.first_note + offset].append(
                words[offset] if offset < len(words) else _NO_WORDS
            )
    return {note: tuple(words) for note, words in found.items()}
