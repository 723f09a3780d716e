r"""Music so plain that no rule about notes, bars or repeats can find anything in it.

Most tunes of a collection are of one voice, with notes, chord symbols and the usual bar lines, and nothing
is wrong with them. For these a look at each bar's text tells so, many times faster than a tree. What is
known of a bar is remembered by its text, since bars come again within a tune and in others. Anything else
is left to the rules: music is never told to be plain in what one of them would find something in, which a
test compares.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from msgspec import Struct

from tuneloom.grammar.bars.pickups import may_be_short
from tuneloom.grammar.bars.timed_bars import TimedBar
from tuneloom.grammar.performance.play_signs import part_label
from tuneloom.grammar.rules.basis.plain_bars import LONGEST_BAR, PART_SIGN, PARTS, bar_facts
from tuneloom.grammar.source.segments import split_header
from tuneloom.grammar.tune.durations import (
    UNIT_LENGTHS,
    default_unit,
    meter_fraction,
    parse_unit,
)
from tuneloom.grammar.tune.elements import Bar
from tuneloom.grammar.tune.key import parse_key

__all__ = ["Aspect", "plain_aspects"]

_MOST_UNUSUAL = 16  # bars
_NO_BAR = Bar((), None)

# A valid key alone: its signature holds for all that follows, and nothing moves a pitch.
_PLAIN_KEY = re.compile(
    r"[A-G][#b]?[ \t]*(?i:m|(?:maj|min|ion|dor|phr|lyd|mix|aeo|loc)[a-z]*)?|H[Pp]"
)
_HEADER_FIELD = re.compile(r"([A-Za-z]):[ \t]*(.*)\n")
# Voices, instructions, words and symbols of the user's own are not plain.
_PLAIN_HEADER = frozenset("XTMLKPABCDEFGHINOQRSWYZr")
_BODY_FIELD = re.compile(r"^([H-Wh-w]):[ \t]*(.*)\n", re.MULTILINE)
_PLAIN_BODY = frozenset("KPTHNOQRSWr")

# What each bar line means for repeats, in the signs of `_REPEATS`; with the number of a volta.
_BAR_LINES = {
    "": "", "|": "", "||": "d", "|]": "d", "[|": "d",
    "|:": "s", "[|:": "s", "||:": "s", "|||:": "s", ":|": "e", ":||": "e", ":|]": "e", "::": "es",
    ":|:": "es", ":||:": "es", "|1": "1", "[1": "1", "|[1": "1", ":|2": "e2", ":||2": "e2", ":|[2": "e2",
    "[2": "2",
}  # fmt: skip
_OTHER_LINE = "?"
_WIDE = 5  # semitones, which no two accidentals bridge
_BAR_LINE = re.compile(r"([|:\[\]]+(?:[1-9][0-9,\-]*)?)")
# Sections that are each repeated as a whole or with two endings, or not at all: every sign finds its other
# half. A dot is a bar with notes, `p` a part, `s` |:, `e` :|, `d` a double bar line, a digit an ending.
_REPEATS = re.compile(
    r"(?:p?(?:p?s\.++(?:d\.++)*|\.++)(?:e|1\.++e2\.++(?:[ed]|(?=[ps]|$)))"
    r"|p?(?:\.++d++)+(?=[ps]|$)|p?\.++(?=[ps]|$))*"
)

# A text may have the signs of bar lines in it.
_TEXT = re.compile(r'"[^"\\\n]*"')
_SYMBOL = re.compile(r'["{.~HPTuvLM]')


Aspect = Literal["accidentals", "bars", "fields", "notes", "repeats", "slurs", "ties"]
"""What a rule about music looks at."""

_NOTHING = frozenset[Aspect]()


@lru_cache(maxsize=8)
def plain_aspects(text: str) -> frozenset[Aspect]:
    """The aspects in which the music of a resolved text is plain: no rule about one finds anything."""
    header, music = split_header(text)
    fields = _HEADER_FIELD.findall(header)
    letters = [letter for letter, _ in fields]
    values = dict(fields)
    if not _PLAIN_HEADER.issuperset(letters) or letters.count("L") > 1:
        return _NOTHING
    meter = values.get("M", "")
    unit = _unit_length(meter, values.get("L", ""))
    if unit not in UNIT_LENGTHS:
        return _NOTHING
    keys, parts = [values["K"]], set[str]()
    changes = _BODY_FIELD.findall(music)
    if changes:
        if not _PLAIN_BODY.issuperset(letter for letter, _ in changes):
            return _NOTHING
        keys += [value for letter, value in changes if letter == "K"]
        parts = {value[:1] for letter, value in changes if letter == "P"}
        music = _BODY_FIELD.sub(_part_sign, music)
    if not all(map(_PLAIN_KEY.fullmatch, map(str.strip, keys))):
        return _NOTHING
    bars = _read_bars(music) or ('"' in music and _read_bars(_TEXT.sub('""', music)))
    if not bars:
        return _NOTHING
    order = values.get("P", "").strip()
    plain: dict[Aspect, bool] = {
        "accidentals": _accidentals_are_needed(bars.accidentals, keys),
        "bars": bars.are_complete(meter, unit),
        "fields": len(order) < 2 or _names_the_parts(order, parts),
        "notes": bars.has_notes and not bars.ends_with_symbol,
        "repeats": _REPEATS.fullmatch(bars.signs) is not None,
        "slurs": bars.narrowest_slur >= _WIDE
        or (bars.narrowest_slur > 0 and not _may_be_altered(bars.accidentals, keys)),
        "ties": bars.ties_are_held,
    }
    return frozenset(aspect for aspect, holds in plain.items() if holds)


def _names_the_parts(order: str, parts: set[str]) -> bool:
    """Whether an order of parts such as `AAB` names those that the music has, if it names any."""
    return order.isalpha() and order.isupper() and parts in (set(), {*order})


def _part_sign(field: re.Match[str]) -> str:
    return PART_SIGN if field[1] == "P" and part_label(field[2].strip()) else ""


class _BarTime(NamedTuple):
    """A bar that takes time, and whether a section begins and ends with it."""

    time: int
    opens: bool
    closes: bool


class _MusicBars(Struct, frozen=True):
    """The bars that take time, the `signs` of `_REPEATS`, and what there is of the rest in all bars."""

    bars: list[_BarTime]
    signs: str
    accidentals: frozenset[tuple[str, int]]
    narrowest_slur: int
    ties_are_held: bool
    has_notes: bool
    ends_with_symbol: bool

    def are_complete(self, meter: str, unit: Fraction) -> bool:
        """Whether the bars last what M: and L: ask for, or are pickups and what makes room for them."""
        full = _time_of_bar(meter, unit)
        if not full:
            return full is None
        unusual = tuple(bar for bar in self.bars if bar.time != full)
        if not unusual or len(unusual) > _MOST_UNUSUAL:
            return not unusual
        return _are_pickups(meter, unit, unusual, begins=unusual[0] is self.bars[0])


@lru_cache(maxsize=256)
def _unit_length(meter: str, unit: str) -> Fraction:
    return parse_unit(unit) if unit.strip() else default_unit(meter or "none")


@lru_cache(maxsize=256)
def _time_of_bar(meter: str, unit: Fraction) -> int | None:
    """What M: asks for in parts of L:, or 0 if these do not divide it; None if the metre is free."""
    length = meter_fraction(meter)
    if length is None:
        return None
    time = length / unit * PARTS
    return time.numerator if time.denominator == 1 else 0


# Most tunes have a pickup and the bar that makes room for it, if anything.
@lru_cache(maxsize=4096)
def _are_pickups(meter: str, unit: Fraction, unusual: tuple[_BarTime, ...], begins: bool) -> bool:
    """Whether bars are pickups or make room for some; with `begins`, the first one is that of the music."""
    length, part = meter_fraction(meter), unit / PARTS
    assert length is not None, "bars of a free metre are never unusual"
    bars = [
        TimedBar(_NO_BAR, meter, None, length, (part * bar.time,), bar.opens, bar.closes)
        for bar in unusual
    ]
    starts = {bar.duration for bar in bars if bar.opens_section}
    ends = {bar.duration for bar in bars if bar.closes_section}
    return all(
        may_be_short(bar, begins and index == 0, starts, ends) for index, bar in enumerate(bars)
    )


def _read_bars(music: str) -> _MusicBars | None:
    """The bars of music without fields; None if one of them is not plain."""
    bars: list[_BarTime] = []
    signs: list[str] = []
    accidentals: set[tuple[str, int]] = set()
    opens, tied, held, has_notes, narrowest = True, "", True, False, 2 * _WIDE
    pieces = _BAR_LINE.split(music)
    lines = iter(pieces[1::2])
    for text in pieces[::2]:
        facts = bar_facts(text) if len(text) <= LONGEST_BAR else None
        if facts is None:
            return None
        line = next(lines, "")
        sign = _BAR_LINES.get(line)
        if sign is None:
            if "[" in line or "]" in line:
                return None  # of a chord or a field
            sign = _OTHER_LINE
        closes = line != "|"
        if facts.begins_part:
            signs.append("p")
        if facts.time:
            held = held and facts.ties and (not tied or facts.first == tied)
            tied = facts.tied
            has_notes = has_notes or facts.has_notes
            if facts.slurs != ():
                narrowest = min(narrowest, *facts.slurs) if facts.slurs else 0
            accidentals |= facts.accidentals
            signs.append(".")
            bars.append(_BarTime(facts.time, opens, closes))
            opens = closes
        elif closes:
            opens = True
            if bars:
                bars[-1] = bars[-1]._replace(closes=True)
        signs.append(sign)
    if bars:
        bars[-1] = bars[-1]._replace(closes=True)
    return _MusicBars(
        bars,
        "".join(signs),
        frozenset(accidentals),
        narrowest,
        held and not tied,
        has_notes,
        _SYMBOL.search(pieces[-1]) is not None,
    )


def _accidentals_are_needed(accidentals: frozenset[tuple[str, int]], keys: list[str]) -> bool:
    """Whether each letter that has an accidental is once altered otherwise than any key does."""
    if not accidentals:
        return True
    signatures = [dict(parse_key(key).alterations) for key in keys]
    altered = {
        letter
        for letter, alteration in accidentals
        if all(signature.get(letter, 0) != alteration for signature in signatures)
    }
    return altered.issuperset(letter for letter, _ in accidentals)


def _may_be_altered(accidentals: frozenset[tuple[str, int]], keys: list[str]) -> bool:
    """Whether notes of two letters may sound the same, which no signature of up to five signs does."""
    return bool(accidentals) or any(len(parse_key(key).alterations) > 5 for key in keys)
