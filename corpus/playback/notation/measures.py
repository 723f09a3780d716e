"""The measures of a voice as a score writes them: bars that take time, with the bar lines around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tuneloom.grammar.tune.elements import Bar, BarLine, Field, Voice, is_timed
from tuneloom.grammar.tune.note_context import NoteContext
from tuneloom.grammar.tune.overlays import layer_parts

__all__ = ["Measure", "measures_of"]

_ENDS_VOLTA = frozenset({"||", "|]", "[|", "]|", "[||"})


@dataclass(slots=True)
class Measure:
    """A measure, and for each layer of it the notes, as indexes in `voice.notes()`.

    `fields` are fields of the music, each with the number of notes of the first layer before it.
    `begins_repeat` says whether a repeat sign precedes the measure, `volta` which ending begins with it;
    `line` is the bar line after it, and `ends_volta` says whether an ending closes with it.
    """

    layers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    fields: list[tuple[int, Field]] = field(default_factory=list)
    begins_repeat: bool = False
    volta: str = ""
    line: BarLine | None = None
    ends_volta: bool = False


def measures_of(voice: Voice, notes: Sequence[NoteContext]) -> list[Measure]:
    """The measures of a voice, overlays beside the bars that they sound with.

    What is written in a bar without notes and rests belongs to its neighbours.
    """
    measures: list[Measure] = []
    following = Measure()
    for bar, found in _filled_bars(voice, notes):
        following.fields += found.fields
        if found.layers:
            following.layers = found.layers
            measures.append(following)
            following = Measure()
        if bar.line:
            _read_line(bar.line, measures, following)
    if following.fields and measures:
        last = measures[-1]
        last.fields += [(len(last.layers[0]), each) for _, each in following.fields]
    return measures


def _filled_bars(voice: Voice, notes: Sequence[NoteContext]) -> Iterator[tuple[Bar, Measure]]:
    """Each bar of the first layer, with the notes of all layers that sound in it."""
    cells: dict[int, Measure] = defaultdict(Measure)
    ends: dict[int, Bar] = {}
    numbers = {(note.bar, note.index): number for number, note in enumerate(notes)}
    for part in layer_parts(voice.bars):
        bar, cell = voice.bars[part.bar], cells[part.time]
        for index in range(part.start, part.stop):
            element = bar.elements[index]
            if is_timed(element):
                cell.layers[part.layer].append(numbers[part.bar, index])
            elif isinstance(element, Field) and not part.layer:
                cell.fields.append((len(cell.layers.get(0, ())), element))
        if part.stop == len(bar.elements):
            ends.setdefault(part.time, bar)
    for time in sorted(ends):
        yield ends[time], cells[time]


def _read_line(line: BarLine, measures: Sequence[Measure], following: Measure) -> None:
    if measures:
        last = measures[-1]
        if last.line is None or line.ends_repeat:
            last.line = line
        last.ends_volta |= line.ends_repeat or bool(line.volta) or line.visible in _ENDS_VOLTA
        last.ends_volta |= line.starts_repeat
    following.begins_repeat |= line.starts_repeat
    following.volta = line.volta or following.volta
