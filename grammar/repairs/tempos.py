"""Repairs of tempos. What each player makes of a tempo decides which of them are safe (docs/decisions.md)."""

from __future__ import annotations

import re
from fractions import Fraction

from tuneloom.grammar.repairs.fields_in_music import comment_line
from tuneloom.grammar.repairs.interface import Repair, RepairPlace
from tuneloom.grammar.tune.durations import default_unit, parse_unit

__all__ = ["TEMPOS"]

_QUARTER = Fraction(1, 4)
_OLD_TEMPO = re.compile(
    r"Q:\s*(?:(?P<note>[A-Ga-g])(?P<count>[1-9]\d?)?\s*=\s*)?(?P<tempo>\d+)(?P<rest>\s*(?:%.*)?)$"
)
_LOWER_NUMBER = re.compile(r"/\s*(\d{1,4})\s*$")
# A tempo that can be read, and what follows it. A number without a beat is none if a fraction goes on there.
_READABLE = re.compile(
    r'Q:\s*(?P<tempo>(?:"[^"]*"\s*)?'
    r"(?:(?:\d{1,4}/\d{1,4}\s*)+=\s*\d{1,4}(?:\.\d{1,4})?(?!\d)"
    r"|(?:[A-G]\d?\s*=\s*)?\d{1,4}(?:\.\d{1,4})?(?![\d/:=.]|\s*[/:=]|\s+\d)))\s*(?P<rest>.*)$"
)
# abcjs reads no tempo with more than one word, number or sign after it.
_ONE_MORE = re.compile(r"(?:[A-Za-z]+|-?\d+|[^\w\s\"%])?[ \t]*(?:%.*)?")
_BEAT = re.compile(r"\d+/\d+\s*=\s*\d+")
_WORDS_FIRST = re.compile(
    r"Q:\s*(?P<words>[^\"=\d%]*[^\W\d_][^\"=\d%]*?)[\s(:]*(?P<beat>\d{1,4}/\d{1,4}\s*=\s*\d{1,4})(?!\d)(?P<rest>.*)$"
)
_WORDS = re.compile(r"Q:\s*(?P<words>[^\"=\d%]*[^\W\d_][^\"=\d%]*?)\s*(?P<comment>%.*)?$")


def _name_agreed_beat(line: str, place: RepairPlace) -> str:
    """Write the beat where abc2midi and abcjs count the same one."""
    match = _OLD_TEMPO.match(line)
    if match is None:
        return line
    count = int(match["count"] or 1)
    by_meter = _lower_note(place.source.header_values.get("M:", "")) * count
    if match["note"] is None:
        heard = _QUARTER
    else:
        unit = _unit(place)
        if unit is None or match["note"] != "C":
            return line
        heard = unit * count
    return _with_beat(match, heard) if heard == by_meter else line


def _name_unit_beat(line: str, place: RepairPlace) -> str:
    """Write the beat of 10.1: `Q:120` and `Q:C=120` count unit note lengths, `Q:C3=40` three of them."""
    match = _OLD_TEMPO.match(line)
    unit = _unit(place) if match else None
    return (
        line
        if match is None or unit is None
        else _with_beat(match, unit * int(match["count"] or 1))
    )


def _with_beat(match: re.Match[str], beat: Fraction) -> str:
    return f"Q:{beat.numerator}/{beat.denominator}={match['tempo']}{match['rest']}"


def _lower_note(meter: str) -> Fraction:
    """The note of a metre's lower number, as abcjs counts tempos: a quarter note for C, C| and none."""
    match = _LOWER_NUMBER.search(meter)
    return Fraction(1, int(match[1])) if match and int(match[1]) else _QUARTER


def _unit(place: RepairPlace) -> Fraction | None:
    """The unit note length of the header; None if nobody could read it."""
    values = place.source.header_values
    try:
        return parse_unit(values["L:"]) if values.get("L:") else default_unit(values.get("M:", ""))
    except (ValueError, ZeroDivisionError):
        return None


def _keep_readable(text: str, place: RepairPlace) -> str:
    """`Q:1/4=100-110` is played as 100; what follows becomes quoted text, or a comment."""
    match = _READABLE.match(place.current_line)
    return place.with_line(f"Q:{match['tempo'].rstrip()}{_aside(match['rest'])}") if match else text


def _keep_tempo_read(text: str, place: RepairPlace) -> str:
    match = _READABLE.match(place.current_line)
    is_read = match and _BEAT.match(match["tempo"]) and _ONE_MORE.fullmatch(match["rest"])
    return _keep_readable(text, place) if is_read else text


def _aside(rest: str) -> str:
    """What is written after a tempo: words in quotes, anything else as a comment."""
    words, _, comment = rest.replace('"', "").partition("%")
    words = re.sub(r"</?\w[^<>]*>", "", words).strip()
    quoted = f' "{words}"' if re.match(r"[^\W\d_]|\([^\W\d_]", words) else ""
    remark = " ".join(part for part in ("" if quoted else words, comment.strip()) if part)
    return quoted + (f" % {remark}" if remark else "")


def _quote_words(text: str, place: RepairPlace) -> str:
    match = _WORDS_FIRST.match(place.current_line)
    if match is None:
        return text
    words = match["words"].strip(" \t(,;:")
    rest = match["rest"].strip()
    if rest.startswith(")"):
        rest = rest[1:]
    remark = f" % {rest.strip('% ')}" if rest.strip("% ") else ""
    return place.with_line(f'Q:"{words}" {match["beat"]}{remark}')


def _quote_only_words(text: str, place: RepairPlace) -> str:
    match = _WORDS.match(place.current_line)
    if match is None:
        return text
    comment = f" {match['comment']}" if match["comment"] else ""
    return place.with_line(f'Q:"{match["words"]}"{comment}')


def _comment_tempo(text: str, place: RepairPlace) -> str:
    """A tempo without any number has nothing that could be played."""
    line = place.current_line
    return comment_line(text, place) if re.fullmatch(r"Q:[^\d%]*(?:%.*)?", line) else text


TEMPOS = (
    Repair(
        "old-tempo", "old-tempo", "`Q:120` gets the beat that abc2midi and abcjs count",
        "header", _name_agreed_beat,
    ),
    Repair(
        "old-tempo-in-units", "old-tempo", "`Q:120` counts unit note lengths where players disagree",
        "header", _name_unit_beat, safe=False,
    ),
    Repair(
        "tempo-remark", "bad-tempo", "`Q:1/4=100-110`: the tempo is kept, and what follows as a remark",
        "error", _keep_tempo_read,
    ),
    Repair(
        "tempo-overlooked", "bad-tempo", "`Q:1/4=100 (approx)` too, which abcjs overlooks",
        "error", _keep_readable, safe=False,
    ),
    Repair(
        "tempo-after-words", "bad-tempo", "`Q:Allegro 1/4=120`: the words get quotes, the tempo is kept",
        "error", _quote_words, safe=False,
    ),
    # Unsafe: players have a tempo for `"Largo"`, and abcjs one for words that it does not know.
    Repair(
        "tempo-in-words", "bad-tempo", "words get quotes", "error", _quote_only_words, safe=False,
    ),
    Repair(
        "tempo-without-number", "bad-tempo", "a tempo without a number becomes a comment",
        "error", _comment_tempo,
    ),
)  # fmt: skip
