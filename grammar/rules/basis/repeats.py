"""The repeat signs and voltas of a voice, in order, with the place of each."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from tuneloom.grammar.rules.basis.rule import RuleContext
from tuneloom.grammar.tune.elements import Bar, BarLine, Voice, is_timed

__all__ = ["MAX_ENDINGS", "RepeatSign", "ending_numbers", "repeat_signs", "unclosed_repeats"]

MAX_ENDINGS = 100
"""How many endings one range of numbers may stand for; `1-9999` is no music."""


class RepeatSign(Struct, frozen=True):
    """What a bar line says of repeats: whether one ends, whether one starts, and which endings begin.

    It is from `start` to `end` in the resolved text.
    """

    start: int
    end: int
    ends: bool
    starts: bool
    endings: tuple[int, ...]


def repeat_signs(context: RuleContext) -> list[list[RepeatSign]]:
    """The signs of each voice; a `::` after the last note starts nothing, and counts as `:|`."""
    return [list(_signs_of(voice)) for voice in context.tune.voices]


def _signs_of(voice: Voice) -> Iterator[RepeatSign]:
    signs = [
        (index, bar, bar.line)
        for index, bar in enumerate(voice.bars)
        if bar.line and (":" in bar.line.text or bar.line.volta)
    ]
    last = _last_with_time(voice) if signs else 0
    for index, bar, line in signs:
        yield RepeatSign(
            _start_of_sign(bar, line),
            bar.volta_start + len(line.volta),
            line.ends_repeat,
            index < last and line.starts_repeat,
            ending_numbers(line),
        )


def _last_with_time(voice: Voice) -> int:
    bars = range(len(voice.bars) - 1, -1, -1)
    return next((i for i in bars if any(map(is_timed, voice.bars[i].elements))), -1)


def _start_of_sign(bar: Bar, line: BarLine) -> int:
    """For a volta apart from its bar line, as in `| [1`, the place of the volta."""
    start = bar.starts[-1]
    return bar.volta_start - len("[") if bar.volta_start > start + len(line.text) else start


def unclosed_repeats(context: RuleContext) -> list[tuple[RepeatSign, str]]:
    """The signs that start a repeat without an end, and what comes instead of the end."""
    found: list[tuple[RepeatSign, str]] = []
    for signs in context.shared(repeat_signs):
        opened: RepeatSign | None = None
        for sign in signs:
            if sign.ends:
                opened = None
            if sign.starts:
                if opened:
                    found.append((opened, "the next one starts"))
                opened = sign
        if opened:
            found.append((opened, "the tune ends"))
    return found


def ending_numbers(line: BarLine) -> tuple[int, ...]:
    """`1,3` and `2-4` as numbers (4.10), of a range at most `MAX_ENDINGS`."""
    numbers: list[int] = []
    for part in line.volta.split(",") if line.volta else ():
        first, *others = (int(number) for number in part.split("-") if number)
        last = min(others[-1], first + MAX_ENDINGS) if others else first
        numbers.extend(range(first, last + 1))
    return tuple(numbers)
