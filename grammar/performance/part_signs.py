"""Where parts begin: in the middle of a bar, and in all voices of a score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from tuneloom.grammar.performance.play_signs import PlaySigns, part_label
from tuneloom.grammar.tune.elements import Bar, Field, Overlay, Voice, is_timed

__all__ = ["share_parts", "split_bars_at_parts"]


def split_bars_at_parts(voice: Voice) -> tuple[Voice, list[int]]:
    """A voice with another bar after each P: between notes, and for each bar the one that it was part of.

    Bars with overlays are left whole.
    """
    bars: list[Bar] = []
    origins: list[int] = []
    for index, bar in enumerate(voice.bars):
        pieces = list(_pieces(bar))
        bars += pieces
        origins += [index] * len(pieces)
    return replace(voice, bars=tuple(bars)), origins


def _pieces(bar: Bar) -> Iterator[Bar]:
    places = [i for i, e in enumerate(bar.elements) if isinstance(e, Field) and _is_part(e)]
    start = 0
    if places and not any(isinstance(element, Overlay) for element in bar.elements):
        for place in places:
            has_notes_before = any(map(is_timed, bar.elements[start:place]))
            if has_notes_before and any(map(is_timed, bar.elements[place:])):
                yield Bar(bar.elements[start:place], None, bar.starts[start:place])
                start = place
    yield replace(bar, elements=bar.elements[start:], starts=bar.starts[start:]) if start else bar


def _is_part(field: Field) -> bool:
    return field.letter == "P" and bool(part_label(field.value))


class _PartStart(Struct, frozen=True):
    """The P: of a part: its offset in the text, its voice, and which of the voice's signs it precedes."""

    at: int
    label: str
    voice: int
    position: int


def share_parts(voices: Sequence[Voice], signs: Sequence[Sequence[PlaySigns]]) -> None:
    """Begin each part in all voices, since P: is written once in a score.

    In voices of the same number of bars, it begins at the same bar. In others, and where a voice ends with a
    P:, it begins with what is written after it. A part that a voice has of its own is left.
    """
    starts = [list(_part_starts(index, voice)) for index, voice in enumerate(voices)]
    own = [{i for i, sign in enumerate(voice) if sign.part} for voice in signs]
    for start in sorted(chain(*starts), key=lambda start: start.at):
        count = len(signs[start.voice])
        goes_on = starts[start.voice][-1].position == count
        for index, others in enumerate(signs):
            if index == start.voice:
                continue
            by_bar = len(others) == count and not goes_on
            position = start.position if by_bar else _first_after(voices[index], others, start.at)
            if position < len(others) and position not in own[index]:
                others[position].part = start.label


def _part_starts(index: int, voice: Voice) -> Iterator[_PartStart]:
    position = 0
    for bar in voice.bars:
        has_time = any(map(is_timed, bar.elements))
        is_before = True
        for element, at in zip(bar.elements, bar.starts, strict=False):
            if is_timed(element):
                is_before = False
            elif isinstance(element, Field) and _is_part(element):
                after = position if is_before else position + 1
                yield _PartStart(at, element.value[0], index, after)
        position += has_time


def _first_after(voice: Voice, signs: Sequence[PlaySigns], at: int) -> int:
    """The first of the signs whose bar has no note before an offset; their number if there is none."""
    for position, sign in enumerate(signs):
        bar = voice.bars[sign.bar]
        timed = (start for e, start in zip(bar.elements, bar.starts, strict=False) if is_timed(e))
        if next(timed, -1) > at:
            return position
    return len(signs)
