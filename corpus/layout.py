"""Where beams and lines end in a training text: a rule, so that a model need not learn chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from grammar.key import parse_key
from grammar.printer import (
    canonical_meter,
    spell_bar_line,
    spell_chord,
    spell_key,
    spell_length,
    spell_note,
    spell_unit,
)  # fmt: skip
from grammar.rhythm import meter_fraction, parse_unit
from grammar.tune import (
    BarLine,
    BrokenRhythm,
    Chord,
    Element,
    Field,
    MultiRest,
    Note,
    Rest,
    Tuplet,
    is_timed,
)  # fmt: skip

__all__ = ["Layout"]

_BARS_A_LINE = 4


@dataclass(slots=True)
class Layout:
    """Writes bar after bar: beamed by the metre, four bars a line, a new line for a new section."""

    meter: str
    lines: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    bars_on_line: int = 0
    opens_section: bool = True

    def bar(self, elements: list[Element], line: BarLine | None) -> None:
        self._beam(elements)
        if line is None:
            return
        self.pieces.append(spell_bar_line(line))
        has_music = any(map(is_timed, elements))
        is_pickup = self.opens_section and has_music and self._lasts(elements) < self._bar()
        self.bars_on_line += has_music and not is_pickup
        is_plain = spell_bar_line(BarLine(line.text)) in ("|", "[")
        ends_section = has_music and not is_pickup and not is_plain
        if not line.volta and (ends_section or self.bars_on_line >= _BARS_A_LINE):
            self._end_line()
        self.opens_section = ends_section or not has_music

    def text(self) -> str:
        if self.pieces:
            self._end_line()
        return "".join(self.lines)

    def _end_line(self) -> None:
        self.lines.append("".join(self.pieces) + "\n")
        self.pieces.clear()
        self.bars_on_line = 0

    def _beam(self, elements: list[Element]) -> None:
        """A space where a beam group begins, but none inside a tuplet or a broken pair."""
        position = self._start(elements)
        group = _beam_group(self.meter)
        last_onset, glued = position, 0
        for index, element in enumerate(elements):
            opens = isinstance(element, Tuplet) or is_timed(element)
            if opens and index and not glued and position // group > last_onset // group:
                self.pieces.append(" ")
                last_onset = position
            self.pieces.append(_spell(element))
            if is_timed(element):
                last_onset = position
                position += _time(element, self._bar())
                glued = max(0, glued - 1)
            elif isinstance(element, Tuplet):
                glued = element.r
            elif isinstance(element, BrokenRhythm):
                glued = max(glued, 1)
            elif isinstance(element, Field) and element.letter == "M":
                self.meter = canonical_meter(element.value)
                group = _beam_group(self.meter)

    def _start(self, elements: list[Element]) -> Fraction:
        """A pickup counts from the end of its bar."""
        missing = self._bar() - self._lasts(elements)
        return missing if self.opens_section and missing > 0 else Fraction(0)

    def _lasts(self, elements: list[Element]) -> Fraction:
        return sum((_time(e, self._bar()) for e in elements if is_timed(e)), Fraction(0))

    def _bar(self) -> Fraction:
        return meter_fraction(self.meter) or Fraction(0)


def _beam_group(meter: str) -> Fraction:
    """How much time is beamed together: half a bar of 4/4 or 2/2, else a beat."""
    beats, _, unit = meter.partition("/")
    if unit == "8" and beats.isdigit() and int(beats) % 3 == 0:
        return Fraction(3, 8)
    return Fraction(1, 2) if meter in ("4/4", "2/2") else Fraction(1, 4)


def _time(element: Element, bar: Fraction) -> Fraction:
    if isinstance(element, MultiRest):
        return bar * element.bars
    return element.duration if isinstance(element, Note | Chord | Rest) else Fraction(0)


def _spell(element: Element) -> str:
    match element:
        case Note():
            return spell_note(element)
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
    raise ValueError(f"a melody has no {type(element).__name__}")


def _spell_tuplet(tuplet: Tuplet) -> str:
    """`(3` when it is a triplet as everybody writes it, else all three numbers."""
    if (tuplet.p, tuplet.q, tuplet.r) == (3, 2, 3):
        return "(3"
    return f"({tuplet.p}:{tuplet.q}:{tuplet.r}"
