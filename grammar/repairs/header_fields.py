"""Repairs of the header: its metre, key, tempo and part order, and lines that are no fields."""

from __future__ import annotations

import re

from tuneloom.grammar.diagnostics.foreign_text import FIELDS_ON_ONE_LINE
from tuneloom.grammar.repairs.fields_in_music import bracket_meter, comment_line
from tuneloom.grammar.repairs.interface import Repair, RepairPlace, substitution
from tuneloom.grammar.source.segments import key_line, spaced_field, without_comment
from tuneloom.grammar.source.substitutions import BARE_SYMBOL
from tuneloom.grammar.tune.durations import default_unit, parse_unit

__all__ = ["HEADER_FIELDS"]

_OLD_TEMPO = re.compile(
    r"Q:\s*(?:[A-Ga-g](?P<count>[1-9]\d?)?\s*=\s*)?(?P<tempo>\d+)(?P<rest>\s*(?:%.*)?)$"
)
_TEMPO_IN_WORDS = re.compile(r"Q:\s*(?P<beat>\d+/\d+=\d+)?\s*(?P<words>[^\"=]*[A-Za-z][^\"=]*)$")
_METER = re.compile(r"M:\s*(?P<free>FREI)?\s*(?P<value>\d+/\d+|C\|?)?(?P<rest>.*)$")
_REFERENCE = re.compile(r"[ \t]*X[ \t]*:")
_NUMBER = re.compile(r"[0-9]+")
_NEXT_FIELD = re.compile(r"[ \t](?=[TCRPMLQ]:(?![|:\]]))")
# A tonic and what follows it: a mode in a word, accidentals after `exp`, clefs and their like.
_KEY_VALUE = re.compile(
    r"[ \t]*(?:[^ \t]+(?:[ \t]+(?:m|(?:maj|min|ion|dor|phr|lyd|mix|aeo|loc|exp)[a-z]*|[a-z]+=[^ \t]+"
    r"|(?:treble|alto|tenor|bass|perc)[^ \t]*)(?=[ \t]|$))*)?",
    re.IGNORECASE,
)
_FLATS = {"B_": "Bb", "BB": "Bb", "Es": "Eb", "As": "Ab"}


def _number_tune(line: str, place: RepairPlace) -> str:
    """A line with a number before a header that has none; programs look for X: to find a tune."""
    header = place.lines[: key_line(place.lines)]
    if place.line or any(_REFERENCE.match(field) for field in header):
        return "X:1" if line[2:].strip() == "" and line.startswith("X:") else line
    return f"X:1\n{line}"


def _divide_line(text: str, place: RepairPlace) -> str:
    """`X:1 L:1/8 K:G GABc|` is a line for each field, and one for the music."""
    return place.with_line(_divided(place.current_line)) if place.current_line else text


def _divided(line: str) -> str:
    before_key, key, rest = (
        line.partition(" K:") if not line.startswith("K:") else ("", "K:", line[2:])
    )
    fields = _NEXT_FIELD.split(before_key.strip()) if before_key else []
    if key:
        match = _KEY_VALUE.match(rest)
        assert match is not None  # since all of it is optional
        fields += [f"K:{match[0].strip()}", rest[match.end() :].strip()]
    return "\n".join(field.strip() for field in fields if field)


def _close_up_field(line: str, place: RepairPlace) -> str:
    """` L : 1/8` is `L:1/8`."""
    spaced = spaced_field(line, place.line > key_line(place.lines))
    return f"{spaced[0]}:{line[spaced[2] :].lstrip()}" if spaced else line


def _keep_number(line: str, place: RepairPlace) -> str:
    """`X:344 b` is `X:344`, and all that it says becomes a comment."""
    if line.startswith("X:") and FIELDS_ON_ONE_LINE.match(line):
        return _divided(line) if key_line(place.lines) < len(place.lines) else line
    value = without_comment(line[2:]).strip() if line.startswith("X:") else ""
    if not value or _NUMBER.fullmatch(value):
        return line
    number = _NUMBER.search(value)
    return f"X:{number[0][:9] if number else 1} % {value}"


def _name_beat(line: str, place: RepairPlace) -> str:
    """`Q:120` and `Q:C=120` count unit note lengths, `Q:C3=40` three of them (10.1)."""
    match = _OLD_TEMPO.match(line)
    if match is None:
        return line
    values = {field[:2]: field[2:].partition("%")[0].strip() for field in reversed(place.lines)}
    try:
        unit = parse_unit(values["L:"]) if values.get("L:") else default_unit(values.get("M:", ""))
    except (ValueError, ZeroDivisionError):
        return line  # no length that anybody could read
    beat = unit * int(match["count"] or 1)
    return f"Q:{beat.numerator}/{beat.denominator}={match['tempo']}{match['rest']}"


def _respell_meter(text: str, place: RepairPlace) -> str:
    match = _METER.match(place.current_line)
    if match is None:
        return text
    rest = match["rest"].strip()
    if match["free"] or rest.lower() in ("libre", "llibre", "free"):
        return place.with_line("M:none")
    if match["value"] and re.fullmatch(r"[a-z:\]]", rest):
        return place.with_line(f"M:{match['value']}")
    return bracket_meter(text, RepairPlace(place.lines, place.line))


def _spell_tonic(text: str, place: RepairPlace) -> str:
    """`K:Bn` for B natural, and a tonic in a small letter."""
    tonic, _, rest = place.current_line[2:].strip().partition(" ")
    if tonic == "Bn":
        tonic = "B"
    elif tonic[:1].islower():
        tonic = tonic[0].upper() + tonic[1:]
    else:
        return text
    return place.with_line(f"K:{tonic} {rest}".rstrip())


def _spell_flat(text: str, place: RepairPlace) -> str:
    """Flats as others write them; a program that did not know them played another key."""
    tonic, _, rest = place.current_line[2:].strip().partition(" ")
    if tonic not in _FLATS:
        return text
    return place.with_line(f"K:{_FLATS[tonic]} {rest}".rstrip())


def _quote_tempo(text: str, place: RepairPlace) -> str:
    match = _TEMPO_IN_WORDS.match(place.current_line)
    if match is None:
        return comment_line(text, place) if place.current_line.startswith("Q:") else text
    beat = f"{match['beat']} " if match["beat"] else ""
    return place.with_line(f'Q:{beat}"{match["words"].strip()}"')


HEADER_FIELDS = (
    Repair(
        "worded-number", "bad-reference", "the number in `X:344 b` remains",
        "header", _keep_number,
    ),
    Repair(
        "missing-number", "missing-reference", "a tune without X: gets a number",
        "header", _number_tune,
    ),
    # Unsafe: a program that did not know Y: plays the parts in their order from now on.
    Repair(
        "part-order-in-y", "y-header", "`Y:AB` is a part order, which is P:",
        "header", substitution(r"^Y:", "P:"), safe=False,
    ),
    Repair(
        "old-tempo", "old-tempo", "`Q:120` counts unit note lengths: the beat is written out",
        "header", _name_beat,
    ),
    Repair(
        "meter", "bad-meter", "`M:4/4l`, `M:FREI4/4`, or music on the line of the field",
        "error", _respell_meter,
    ),
    Repair(
        "fields-on-one-line", "fields-on-one-line", "each field gets a line of its own",
        "error", _divide_line,
    ),
    Repair(
        "spaced-field", "spaced-field", "` L : 1/8` is `L:1/8`",
        "field", _close_up_field,
    ),
    Repair("key-tonic", "bad-key", "`K:Bn`, `K:ddor`", "error", _spell_tonic),
    Repair(
        "bare-symbol", "bare-symbol", "`U:V=wedge` is `U:V=!wedge!`",
        "field", substitution(BARE_SYMBOL, r"\g<1>!\g<2>!"),
    ),
    Repair("key-flat", "bad-key", "`K:B_`, `K:BB`, `K:Es`", "error", _spell_flat, safe=False),
    Repair("tempo-in-words", "bad-tempo", "words without quotes", "error", _quote_tempo),
    Repair(
        "header-text", "text-in-header", "a line that is no field becomes a comment",
        "error", comment_line,
    ),
)  # fmt: skip
