"""Lays out a training text: where beams and lines end follows from a rule, which a model can learn."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from tuneloom.grammar.canonical.elements import (
    canonical_meter,
    spell_bar_line,
    spell_chord,
    spell_decoration,
    spell_grace,
    spell_key,
    spell_length,
    spell_note,
    spell_unit,
)
from tuneloom.grammar.tune.durations import meter_fraction, parse_unit
from tuneloom.grammar.tune.elements import (
    BarLine,
    BrokenRhythm,
    Chord,
    Decoration,
    Element,
    Field,
    GraceGroup,
    MultiRest,
    Note,
    Quoted,
    Rest,
    SlurClose,
    SlurOpen,
    Tuplet,
    is_timed,
)
from tuneloom.grammar.tune.key import parse_key

__all__ = ["BarWriter"]

_BARS_A_LINE = 4
_NO_TIME = Fraction(0)
_TAKES_A_DOT = re.compile(r"[(|:]|\[[0-9|\]]")
_BEFORE_A_NOTE = (Tuplet, Quoted, Decoration, GraceGroup, SlurOpen)


@dataclass(slots=True)
class BarWriter:
    """Writes bar after bar: beamed by the metre, four bars a line, a new line for a new section."""

    meter: str
    lines: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    bars_on_line: int = 0
    opens_section: bool = True

    def bar(self, elements: list[Element], line: BarLine | None) -> None:
        whole = meter_fraction(self.meter) or _NO_TIME
        times = [_time(e, whole) for e in elements if is_timed(e)]
        missing = whole - sum(times) if self.opens_section and times else _NO_TIME
        is_pickup = missing.numerator > 0
        # A pickup counts from the end of its bar.
        self._beam(elements, times, missing if is_pickup else _NO_TIME)
        if line is None:
            return
        self._write(spell_bar_line(line))
        self.bars_on_line += bool(times) and not is_pickup
        is_plain = _is_plain(line)
        ends_section = bool(times) and not is_pickup and not is_plain
        if not line.volta and (ends_section or self.bars_on_line >= _BARS_A_LINE):
            self._end_line()
        self.opens_section = ends_section or not times

    def open_bar(self, elements: list[Element]) -> None:
        """Write a bar that goes on, and so is taken for no pickup."""
        self._beam(elements, [_time(e, Fraction(1)) for e in elements if is_timed(e)], _NO_TIME)

    def open_text(self) -> str:
        """What is written so far; the line that has begun goes on."""
        return "".join([*self.lines, *self.pieces])

    def text(self) -> str:
        if self.pieces:
            self._end_line()
        return "".join(self.lines)

    def _write(self, piece: str) -> None:
        """A dot before a slur, a tuplet or a bar line would be read as part of it, so it is spelt out."""
        if self.pieces and self.pieces[-1] == "." and _TAKES_A_DOT.match(piece):
            self.pieces[-1] = "!staccato!"
        self.pieces.append(piece)

    def _end_line(self) -> None:
        self.lines.append("".join(self.pieces) + "\n")
        self.pieces.clear()
        self.bars_on_line = 0

    def _beam(self, elements: list[Element], times: list[Fraction], start: Fraction) -> None:
        """Write a bar with a space where a beam group begins, but none inside a tuplet or a broken pair."""
        # Whole numbers are faster than fractions: ticks divide a whole note finely enough for all times.
        ticks = math.lcm(8, start.denominator, *(time.denominator for time in times))
        durations = iter([_in_ticks(time, ticks) for time in times])
        group = _in_ticks(_beam_group(self.meter), ticks)
        onset = last_onset = _in_ticks(start, ticks)
        glued = 0  # how many of the next notes belong to a tuplet or a broken pair
        for index, element in enumerate(elements):
            timed = is_timed(element)
            is_later = index and not glued and onset // group > last_onset // group
            if is_later and (timed or isinstance(element, _BEFORE_A_NOTE)):
                self.pieces.append(" ")
                last_onset = onset
            self._write(spell_note(element) if isinstance(element, Note) else _spell(element))
            if timed:
                last_onset = onset
                onset += next(durations)
                glued = max(0, glued - 1)
            elif isinstance(element, Tuplet):
                glued = element.r
            elif isinstance(element, BrokenRhythm):
                glued = max(glued, 1)
            elif isinstance(element, Field) and element.letter == "M":
                self.meter = canonical_meter(element.value)
                group = _in_ticks(_beam_group(self.meter), ticks)


@lru_cache(maxsize=256)
def _is_plain(line: BarLine) -> bool:
    return spell_bar_line(BarLine(line.text)) in ("|", "[")


def _in_ticks(time: Fraction, ticks: int) -> int:
    return time.numerator * (ticks // time.denominator)


@lru_cache(maxsize=256)
def _beam_group(meter: str) -> Fraction:
    """How much time is beamed together: half a bar of 4/4 or 2/2, else a beat."""
    beats, _, unit = meter.partition("/")
    if unit == "8" and beats.isdigit() and int(beats) % 3 == 0:
        return Fraction(3, 8)
    return Fraction(1, 2) if meter in ("4/4", "2/2") else Fraction(1, 4)


def _time(element: Element, bar: Fraction) -> Fraction:
    if isinstance(element, MultiRest):
        return bar * element.bars
    return element.duration if isinstance(element, (Note, Chord, Rest)) else _NO_TIME


def _spell(element: Element) -> str:
    match element:
        case Chord():
            return spell_chord(element)
        case Rest():
            return "z" + spell_length(element.length)
        case MultiRest():
            return f"Z{element.bars if element.bars > 1 else ''}"
        case Tuplet():
            return _spell_tuplet(element)
        case BrokenRhythm():
            return element.direction * element.count
        case Field(letter="K", value=value):
            return f"[K:{spell_key(parse_key(value))}]"
        case Field(letter="M", value=value):
            return f"[M:{canonical_meter(value)}]"
        case Field(letter="L", value=value):
            return f"[L:{spell_unit(parse_unit(value))}]"
        case Quoted():
            return f'"{element.text}"'
        case Decoration():
            return spell_decoration(element)
        case GraceGroup():
            return spell_grace(element)
        case SlurOpen():
            return ".(" if element.dotted else "("
        case SlurClose():
            return ")" * element.count
    raise ValueError(f"no profile keeps a {type(element).__name__}")


def _spell_tuplet(tuplet: Tuplet) -> str:
    """`(3` for an ordinary triplet, else all three numbers."""
    if (tuplet.p, tuplet.q, tuplet.r) == (3, 2, 3):
        return "(3"
    return f"({tuplet.p}:{tuplet.q}:{tuplet.r}"
