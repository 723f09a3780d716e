"""The repeat signs and voltas of a voice, in order, with the place of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.rule import RuleContext
from tuneloom.grammar.tune.elements import Bar, BarLine, Voice, is_timed

__all__ = ["MAX_ENDINGS", "RepeatSign", "ending_numbers", "repeat_signs", "unclosed_repeats"]

MAX_ENDINGS = 100
"""How many endings one range of numbers may stand for; `1-9999` is no music."""


@dataclass(frozen=True, slots=True)
class RepeatSign:
    """What a bar line says of repeats: whether one ends, whether one starts, and which endings begin."""

    span: Span
    ends: bool
    starts: bool
    endings: tuple[int, ...]


def repeat_signs(context: RuleContext, voice: Voice) -> Iterator[RepeatSign]:
    """The signs of a voice; a `::` after the last note starts nothing, and counts as `:|`."""
    last = max(
        (i for i, bar in enumerate(voice.bars) if any(map(is_timed, bar.elements))), default=-1
    )
    for index, bar in enumerate(voice.bars):
        if bar.line and (":" in bar.line.text or bar.line.volta):
            yield RepeatSign(
                _sign_span(context, bar, bar.line),
                bar.line.ends_repeat,
                index < last and bar.line.starts_repeat,
                ending_numbers(bar.line),
            )


def _sign_span(context: RuleContext, bar: Bar, line: BarLine) -> Span:
    """The place of the sign; for a volta apart from its bar line, as in `| [1`, that of the volta."""
    start = bar.starts[-1]
    if bar.volta_start > start + len(line.text):
        start = bar.volta_start - len("[")
    return context.span(start, bar.volta_start + len(line.volta))


def unclosed_repeats(context: RuleContext) -> Iterator[tuple[RepeatSign, str]]:
    """The signs that start a repeat without an end, and what comes instead of the end."""
    for voice in context.tune.voices:
        opened: RepeatSign | None = None
        for sign in repeat_signs(context, voice):
            if sign.ends:
                opened = None
            if sign.starts:
                if opened:
                    yield opened, "the next one starts"
                opened = sign
        if opened:
            yield opened, "the tune ends"


def ending_numbers(line: BarLine) -> tuple[int, ...]:
    """`1,3` and `2-4` as numbers (4.10), of a range at most `MAX_ENDINGS`."""
    numbers: list[int] = []
    for part in line.volta.split(",") if line.volta else ():
        first, *others = (int(number) for number in part.split("-") if number)
        last = min(others[-1], first + MAX_ENDINGS) if others else first
        numbers.extend(range(first, last + 1))
    return tuple(numbers)
