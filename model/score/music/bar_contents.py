"""The bars of a tune by what sounds in them, and the order in which they are played."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from tuneloom.grammar import Tune
from tuneloom.grammar.performance.perform import MAX_PLAYED_BARS, perform_tune
from tuneloom.grammar.performance.play_signs import play_signs
from tuneloom.grammar.performance.playing_order import played_bars
from tuneloom.grammar.tune.elements import Bar, Chord, Note, Rest

__all__ = ["BarContent", "BarEvent", "bar_contents", "bar_length", "bar_order", "bar_patterns"]

BarEvent = tuple[tuple[int, ...], float, bool]
"""Pitches in rising order (none for a rest), the duration in whole notes, and whether a tie prolongs it."""

BarContent = tuple[BarEvent, ...]


def bar_contents(tune: Tune) -> list[BarContent]:
    """What sounds in each bar of the first voice, grace notes and decorations left out."""
    return [_content(bar) for bar in tune.bars]


def bar_order(tune: Tune) -> list[int]:
    """The indices of the bars of the first voice as they are played: repeats, endings, jumps, parts."""
    if tune.field("P"):
        return [played.bar for played in perform_tune(tune).bars[0]]
    signs = play_signs(tune.voices[0])
    return [signs[at].bar for at in islice(played_bars(signs), MAX_PLAYED_BARS)]


def bar_patterns(
    contents: Sequence[BarContent], order: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Each bar as the index of the first bar that is exactly like it: as written, and as played.

    Bars without a note are left out and, of the bars as played, those shorter than half a bar, such as
    pickups.
    """
    first: dict[BarContent, int] = {}
    alike = [first.setdefault(content, at) for at, content in enumerate(contents)]
    sounding = [any(event[0] for event in content) for content in contents]
    least = bar_length(contents) / 2
    long = [_content_duration(content) >= least for content in contents]
    written = tuple(alike[at] for at in range(len(contents)) if sounding[at])
    return written, tuple(alike[at] for at in order if sounding[at] and long[at])


def bar_length(contents: Sequence[BarContent]) -> float:
    """The commonest duration of a bar that has any, the longest of several, in whole notes; 0 without one."""
    counts = Counter(duration for each in contents if (duration := _content_duration(each)))
    return max(counts, key=lambda each: (counts[each], each), default=0.0)


def _content_duration(content: BarContent) -> float:
    return sum([event[1] for event in content])


def _content(bar: Bar) -> BarContent:
    events: list[BarEvent] = []
    for element in bar.elements:
        if isinstance(element, Note):
            events.append(((element.pitch,), float(element.duration), element.tied))
        elif isinstance(element, Chord):
            pitches = tuple(sorted(note.pitch for note in element.notes))
            tied = element.tied or element.notes[0].tied
            events.append((pitches, float(element.duration), tied))
        elif isinstance(element, Rest):
            events.append(((), float(element.duration), False))
    return tuple(events)
