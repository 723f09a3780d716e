"""Which bars do not last what their metre asks for, pickups and the bars that make room for them aside.

Where most of the bars of a metre do not last what it says, it is the metre that is wrong.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from tuneloom.grammar.bars.pickups import may_be_short
from tuneloom.grammar.bars.timed_bars import TimedBar

__all__ = ["OtherMeter", "other_meters", "undisputed_meter", "wrong_bars"]

_MIN_BARS = 2  # of one bar alone, nothing can be said of the metre
_MIN_MIXED_BARS = 4  # of bars of several lengths
_MIN_FULL_BARS = 4  # that show which metre is meant
_METER = re.compile(r"(\d+)/(\d+)")


def wrong_bars(bars: list[TimedBar]) -> list[TimedBar]:
    """The bars of a voice that do not last what they should."""
    unusual = [bar for bar in bars if bar.duration != bar.length]
    if not unusual:
        return []
    starts = {bar.duration for bar in unusual if bar.opens_section}
    ends = {bar.duration for bar in unusual if bar.closes_section}
    return [bar for bar in unusual if not may_be_short(bar, bar is bars[0], starts, ends)]


class OtherMeter(Struct, frozen=True):
    """What the bars under one M: field last, most of which are wrong: `wrong` of `counted`.

    `duration` is what more than half of them last, or None if they last now this, now that; `example` is
    the first wrong bar, or the first that lasts as long as `duration`.
    """

    duration: Fraction | None
    example: TimedBar
    wrong: int
    counted: int


def other_meters(voices: Sequence[list[TimedBar]]) -> dict[int | None, OtherMeter]:
    """The M: fields, by `meter_start`, of which more than half of the bars last something else.

    Pickups, and the bars that leave room for them, do not count.
    """
    wrong: dict[int | None, list[TimedBar]] = defaultdict(list)
    for bars in voices:
        for bar in wrong_bars(bars):
            wrong[bar.meter_start].append(bar)
    if not wrong:
        return {}
    full = Counter(b.meter_start for bars in voices for b in bars if b.duration == b.length)
    found = {start: _other_meter(bars, full[start]) for start, bars in wrong.items()}
    return {start: other for start, other in found.items() if other}


def _other_meter(wrong: list[TimedBar], full: int) -> OtherMeter | None:
    counted = len(wrong) + full
    duration, count = Counter(bar.duration for bar in wrong).most_common(1)[0]
    if count >= _MIN_BARS and 2 * count > counted:
        example = next(bar for bar in wrong if bar.duration == duration)
        return OtherMeter(duration, example, len(wrong), counted)
    if len(wrong) >= _MIN_MIXED_BARS and 2 * len(wrong) > counted:
        return OtherMeter(None, wrong[0], len(wrong), counted)
    return None


def undisputed_meter(voices: Sequence[list[TimedBar]]) -> str:
    """The metre that the header should have, or an empty text if it is right or more than one is possible.

    All bars agree on it, at least four of them in full. It counts the same notes as the one that M: says, in
    twos or in threes like it. Six eighths may be 3/4 or 6/8, and where bars last twice or half as long, L:
    may be wrong.
    """
    other = other_meters(voices).get(None)
    match = _METER.fullmatch(other.example.meter.replace(" ", "")) if other else None
    if other is None or match is None or other.duration is None:
        return ""
    said, unit = int(match[1]), int(match[2])
    beats = other.duration * unit
    if beats.denominator > 1 or _is_power_of_two(beats / said) or not other.duration * 8 % 6:
        return ""
    number = int(beats)
    if unit == 8 and (said % 3 == 0) != (number % 3 == 0):
        return ""
    bars = [
        [replace(bar, length=other.duration) for bar in voice if bar.meter_start is None]
        for voice in voices
    ]
    full = sum(bar.duration == bar.length for voice in bars for bar in voice)
    agree = full >= _MIN_FULL_BARS and not any(map(wrong_bars, bars))
    return f"{number}/{unit}" if agree else ""


def _is_power_of_two(ratio: Fraction) -> bool:
    return ratio.numerator.bit_count() == ratio.denominator.bit_count() == 1
