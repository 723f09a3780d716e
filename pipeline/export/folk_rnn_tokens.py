"""A training text as the tokens of folk-rnn: M:, K: and then notes, lengths, bar lines and so on.

    M:6/8 K:Dmaj |: d f f c e e | d e f g 2 e :|

Lengths are in eighths, as folk-rnn has no L:, and stand after their note. Its published networks know the
keys of C alone; its code takes the tokens that it finds in a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from tuneloom.grammar.tune.durations import meter_fraction, parse_length, parse_unit, tuplet_time
from tuneloom.grammar.tune.key import parse_key
from tuneloom.grammar.tune.pitch import ACCIDENTAL_PATTERN, PITCH_PATTERN

__all__ = ["Inexpressible", "folk_rnn_tokens"]

_HEADER = re.compile(r"(?:R:.*\n)?M:(?P<meter>.*)\nL:(?P<unit>.*)\nK:(?P<key>.*)\n")
_NOTE = re.compile(rf"((?:{ACCIDENTAL_PATTERN})?{PITCH_PATTERN})([0-9/]*)(-?)")
_PIECE = re.compile(
    rf"(?P<pitch>(?:{ACCIDENTAL_PATTERN})?{PITCH_PATTERN}|z)(?P<length>[0-9/]*)(?P<arrows>[<>]*)"
    rf"|\[(?P<chord>(?:{_NOTE.pattern})+)\](?P<chord_length>[0-9/]*)(?P<chord_arrows>[<>]*)"
    r"|\((?P<p>[0-9]+)(?::(?P<q>[0-9]+):(?P<r>[0-9]+))?"
    r"|\[L:(?P<new_unit>[0-9/]+)\]"
    r"|\[(?P<field>[A-Za-z]):[^\]\n]*\]"
    r"|(?P<bars>[:|]*\|[:|\]]*|::+|\[(?=[0-9]))(?P<volta>[0-9][0-9,\-]*)?"
    r"|(?P<mark>-|[<>]+)"
    r"|Z(?P<rest_bars>[0-9]*)"
    r"|[ \n]+"
)
_FIELD_REASONS = {"K": "change of key", "M": "change of metre"}
_MODES = {"ion": "maj", "aeo": "min"}


class Inexpressible(Exception):
    """The tokens of folk-rnn cannot express a tune; the message says why, in words to count by."""


def folk_rnn_tokens(text: str) -> list[str]:
    """The tokens of a training text.

    Raises:
        Inexpressible: there is no token for something in it.
    """
    header = _HEADER.match(text)
    if header is None:
        raise Inexpressible("title, or no header")
    return [
        f"M:{header['meter']}",
        _key_token(header["key"]),
        *_body_tokens(text, header.end(), header["meter"], parse_unit(header["unit"])),
    ]


def _key_token(value: str) -> str:
    key = parse_key(value)
    if " " in value or not key.tonic:
        raise Inexpressible("no key, or a key with accidentals of its own")
    return f"K:{key.tonic}{_MODES.get(key.mode, key.mode)}"


def _body_tokens(text: str, start: int, meter: str, unit: Fraction) -> Iterator[str]:
    at = start
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None or piece.end() == at:
            raise Inexpressible("chord symbol, decoration, grace note or slur")
        at = piece.end()
        if piece["new_unit"]:
            unit = parse_unit(piece["new_unit"])
        elif piece["field"]:
            raise Inexpressible(_FIELD_REASONS.get(piece["field"], "field in the music"))
        elif piece["pitch"]:
            yield piece["pitch"]
            yield from _length_tokens(piece["length"], piece["arrows"], unit)
        elif piece["chord"]:
            yield from _chord_tokens(piece, unit)
        elif piece["p"]:
            yield _tuplet_token(piece, meter)
        elif piece["bars"]:
            yield from _bar_tokens(piece["bars"], piece["volta"] or "")
        elif piece["mark"]:
            yield piece["mark"]
        elif piece["rest_bars"] is not None:
            yield from _rest_tokens(int(piece["rest_bars"] or 1), meter)


def _length_tokens(length: str, arrows: str, unit: Fraction) -> Iterator[str]:
    """A length in eighths, glued to the arrows that follow it, as in `2>`; none for an eighth."""
    if token := _spell_eighths(length, unit) + arrows:
        yield token


def _chord_tokens(piece: re.Match[str], unit: Fraction) -> Iterator[str]:
    """A length that all notes share stands after the chord, in eighths; others stand after each note."""
    notes = _NOTE.findall(piece["chord"])
    is_shared = not any(length for _, length, _ in notes)
    yield "["
    for pitch, length, tie in notes:
        yield pitch
        if not is_shared:
            yield from _length_tokens(length, "", unit)
        if tie:
            yield tie
    yield "]"
    outside = unit if is_shared else Fraction(1, 8)
    yield from _length_tokens(piece["chord_length"], piece["chord_arrows"], outside)


@lru_cache(maxsize=4096)
def _spell_eighths(length: str, unit: Fraction) -> str:
    eighths = parse_length(length) * unit * 8
    if eighths.denominator == 1:
        return str(eighths.numerator) if eighths != 1 else ""
    numerator = "" if eighths.numerator == 1 else str(eighths.numerator)
    return f"{numerator}/{eighths.denominator}"


def _rest_tokens(bars: int, meter: str) -> Iterator[str]:
    """Whole bars of rest, one after another."""
    whole = meter_fraction(meter)
    if whole is None:
        raise Inexpressible("bars of rest without a metre")
    for number in range(bars):
        if number:
            yield "|"
        yield "z"
        yield from _length_tokens("", "", whole)


def _tuplet_token(piece: re.Match[str], meter: str) -> str:
    """`(3`, as folk-rnn has no numbers after the first: a tuplet must have those that it gets by itself."""
    p = int(piece["p"])
    q, r = int(piece["q"] or tuplet_time(p, meter)), int(piece["r"] or p)
    if p > 9 or (q, r) != (tuplet_time(p, meter), p):
        raise Inexpressible("tuplet with a ratio of its own")
    return f"({p}"


def _bar_tokens(bars: str, volta: str) -> Iterator[str]:
    """One token each for the end of a repeat, its start, and an ending; other bar lines are all `|`."""
    ends, starts = len(bars) - len(bars.lstrip(":")), len(bars) - len(bars.rstrip(":"))
    if not bars.strip(":"):  # `::`
        ends = starts = len(bars) // 2
    if ends:
        yield ":" * ends + "|"
    if starts:
        yield "|" + ":" * starts
    if volta:
        yield f"|{volta}"
    elif not ends and not starts:
        yield "|"
