"""Repairs of the header: its metre, length, key and part order, and lines that are no fields."""

from __future__ import annotations

import re
from math import lcm

from msgspec.structs import replace

from tuneloom.grammar.bars.wrong_bars import undisputed_meter
from tuneloom.grammar.diagnostics.foreign_text import FIELDS_ON_ONE_LINE
from tuneloom.grammar.repairs.fields_in_music import bracket_meter, comment_line
from tuneloom.grammar.repairs.interface import Repair, RepairPlace, substitution
from tuneloom.grammar.source.segments import spaced_field, without_comment
from tuneloom.grammar.source.substitutions import BARE_SYMBOL

__all__ = ["HEADER_FIELDS"]

_FREE = re.compile(r"(?:frei|l?libre|libero|free)\b|FREI", re.I)
_FRACTION = r"\d{1,4}[ \t]*/[ \t]*\d{1,4}"
_FRACTION_SUM = re.compile(rf"\(?({_FRACTION}(?:[ \t]*\+[ \t]*{_FRACTION})+)\)?[ \t]*$")
_DOTTED_SUM = re.compile(r"\(?([1-9]\d?(?:\.[1-9]\d?)+)\)?[ \t]*/[ \t]*([1-9]\d{0,3})[ \t]*$")
_FIRST_METER = re.compile(
    r"(?P<meter>\(?[1-9]\d*(?:[ \t]*\+[ \t]*[1-9]\d*)*\)?[ \t]*/[ \t]*[1-9]\d{0,3}|C\|?|c(?![a-z]))"
    r"(?P<rest>.*)$"
)
# What is 4/4 to abc2midi, which reads no further.
_COMMON_METER = re.compile(r"(?:4[ \t]*/[ \t]*4|C)(?![\d|+/])[^+\d]*")
_WRITTEN_METER = re.compile(r"(M:\s*)\d+\s*/\s*\d+")
_SEVERAL_METERS = re.compile(r"\d+/\d+(?:[ \t]+\d+/\d+)+")
_REFERENCE = re.compile(r"[ \t]*X[ \t]*:")
_LENGTH = re.compile(
    r"L:\s*(?P<length>[1-9]\d{0,3}[ \t]*/[ \t]*[1-9]\d{0,3})(?!\d)\s*(?P<rest>.*)$"
)
_BEFORE_TAG = r"([^%<]*?)[ \t]*</?[A-Za-z][^<>]*>[ \t]*$"
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|&nbsp;")
# Notes with a length or a bar line: what follows a field on its line is music and no remark.
_MUSIC = re.compile(r"\||[A-Ga-g][,']*[2-9]|(?<![A-Za-z])[A-Ga-g]{2,}(?![A-Za-z])")
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
    header = () if place.line else place.lines[: place.source.key]
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
    if line[1:2] == ":":
        return line
    spaced = spaced_field(line, place.is_in_body)
    return f"{spaced[0]}:{line[spaced[2] :].lstrip()}" if spaced else line


def _keep_number(line: str, place: RepairPlace) -> str:
    """`X:344 b` is `X:344`, and all that it says becomes a comment."""
    if line.startswith("X:") and FIELDS_ON_ONE_LINE.match(line):
        if place.source.key >= len(place.lines):
            return line
        reference, line_end, fields = _divided(line).partition("\n")
        return _number_alone(reference) + line_end + fields
    return _number_alone(line)


def _number_alone(line: str) -> str:
    value = without_comment(line[2:]).strip() if line.startswith("X:") else ""
    if not value or _NUMBER.fullmatch(value):
        return line
    number = _NUMBER.search(value)
    return f"X:{number[0][:9] if number else 1} % {value}"


def _read_meter(text: str, place: RepairPlace) -> str:
    """Keep what can be read of a metre: all of a sum, the first of several. The rest becomes a comment."""
    line = place.current_line
    if not line.startswith("M:"):
        return text
    value, _, comment = _TAG.sub("", line[2:]).partition("%")
    value = value.strip().removesuffix("\\").rstrip()
    if _FREE.match(value):
        return _with_remark(place, "M:none", comment)
    if match := _FRACTION_SUM.match(value):
        meter = _joined_sum(match[1])
        return _with_remark(place, f"M:{meter}", comment) if meter else text
    if match := _DOTTED_SUM.match(value):
        return _with_remark(place, f"M:{match[1].replace('.', '+')}/{match[2]}", comment)
    match = _FIRST_METER.match(value)
    if match is None or re.match(r"\d", match["rest"]):
        return text
    rest = match["rest"].strip()
    if _MUSIC.search(rest) and place.is_in_body:
        return text
    remark = "" if re.fullmatch(r"[a-z:;.\]]?", rest) else rest
    return _with_remark(place, f"M:{match['meter'].upper()}", f"{remark} {comment.strip()}")


def _with_remark(place: RepairPlace, line: str, remark: str) -> str:
    return place.with_line(f"{line} % {remark.strip()}" if remark.strip() else line)


def _joined_sum(text: str) -> str:
    """`3/8+3/8+2/8` as `3+3+2/8`; fractions of different notes in the shorter of them."""
    pairs = [tuple(map(int, part.split("/"))) for part in text.split("+")]
    if not all(beats and note for beats, note in pairs):
        return ""
    note = lcm(*(note for _, note in pairs))
    if note > 64:
        return ""
    return "+".join(str(beats * note // own) for beats, own in pairs) + f"/{note}"


def _read_unheard_meter(text: str, place: RepairPlace) -> str:
    """Read 4/4, which abcjs plays without M: as well, or the first of several metres, as all players do."""
    if place.is_in_body or not place.current_line.startswith("M:"):
        return text
    value = without_comment(place.current_line[2:]).strip()
    if _SEVERAL_METERS.fullmatch(value):
        return _read_meter(text, place) if place.source.header_values.get("L:") else text
    is_alone = not any(re.search(r"(?:^|\[)M:", line) for line in place.lines[place.line + 1 :])
    return _read_meter(text, place) if is_alone and _COMMON_METER.fullmatch(value) else text


def _comment_free_meter(text: str, place: RepairPlace) -> str:
    """Players overlook the field, and `M:none` would move the accents of abc2midi."""
    is_free = _FREE.match(place.current_line[2:].strip()) and place.current_line.startswith("M:")
    return comment_line(text, place) if is_free and not place.is_in_body else text


def _bracket_meter_of_line(text: str, place: RepairPlace) -> str:
    """`M:3/4 ABc|` in the body is `[M:3/4] ABc|`; players overlook the music on the line of a field."""
    return bracket_meter(text, replace(place, column=0)) if place.is_in_body else text


def _read_length(text: str, place: RepairPlace) -> str:
    """Keep the length, which all players read, and what follows it as a comment."""
    match = _LENGTH.match(place.current_line)
    if match is None or (place.is_in_body and _MUSIC.search(match["rest"])):
        return text
    rest = _TAG.sub("", match["rest"]).lstrip("%")
    return _with_remark(place, f"L:{match['length']}", rest if len(rest) > 1 else "")


def _key_value(place: RepairPlace) -> str:
    """The value of the K: line; nothing where the key is in a line of music."""
    line = place.current_line
    return line[2:].strip() if line.startswith("K:") else ""


def _spell_natural(text: str, place: RepairPlace) -> str:
    """`K:Bn` for B natural."""
    tonic, _, rest = _key_value(place).partition(" ")
    return place.with_line(f"K:B {rest}".rstrip()) if tonic == "Bn" else text


def _capitalize_tonic(text: str, place: RepairPlace) -> str:
    """A tonic in a small letter, which players do not read: they play no key, or nothing."""
    value = _key_value(place)
    if not value[:1].islower():
        return text
    return place.with_line(f"K:{value[0].upper()}{value[1:]}")


def _spell_flat(text: str, place: RepairPlace) -> str:
    """Flats as others write them; a program that did not know them played another key."""
    tonic, _, rest = _key_value(place).partition(" ")
    if tonic not in _FLATS:
        return text
    return place.with_line(f"K:{_FLATS[tonic]} {rest}".rstrip())


def _write_meter_of_bars(text: str, place: RepairPlace) -> str:
    """The metre that all bars have, if no other can be meant."""
    meter = undisputed_meter(place.parsed.bars.voices)
    if not meter or place.has_chord_symbols:
        return text
    header = range(place.source.key)
    last = max((i for i in header if place.lines[i].startswith("M:")), default=None)
    if last is None:
        return text
    return place.with_line(_WRITTEN_METER.sub(rf"\g<1>{meter}", place.lines[last], count=1), last)


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
        "html-in-field", "html", "`L:1/8 <br />` comes from a web page",
        "header", substitution(rf"(?<=^[XLK]:){_BEFORE_TAG}", r"\1"),
    ),
    # Unsafe: abcjs overlooks a tempo with a tag.
    Repair(
        "html-in-tempo", "html", "`Q:1/4=100 <br />` too",
        "header", substitution(rf"(?<=^Q:){_BEFORE_TAG}", r"\1"), safe=False,
    ),
    Repair(
        "fields-on-one-line", "fields-on-one-line", "each field gets a line of its own",
        "error", _divide_line,
    ),
    # Unsafe: abcjs begins the music with such a field.
    Repair(
        "spaced-field", "spaced-field", "` L : 1/8` is `L:1/8`",
        "field", _close_up_field, safe=False,
    ),
    Repair(
        "bare-symbol", "bare-symbol", "`U:V=wedge` is `U:V=!wedge!`",
        "field", substitution(BARE_SYMBOL, r"\g<1>!\g<2>!"),
    ),
    Repair(
        "common-meter", "bad-meter", "`M:4/4l` is `M:4/4`, and of `M:2/4 3/4` the first remains",
        "error", _read_unheard_meter,
    ),
    Repair(
        "meter-of-bars", "wrong-meter", "the metre that all bars have, if no other can be meant",
        "tune", _write_meter_of_bars, aspect="bars",
    ),
    Repair(
        "meter", "bad-meter", "`M:6/8l`, `M:FREI4/4`, `M:3/8+3/8+2/8`: what can be read is kept",
        "error", _read_meter, safe=False,
    ),
    Repair(
        "free-meter", "bad-meter", "`M:FREI4/4` becomes a comment, since free metre is that of no M:",
        "error", _comment_free_meter,
    ),
    Repair(
        "meter-before-music", "bad-meter", "music on the line of a metre",
        "error", _bracket_meter_of_line, safe=False,
    ),
    Repair(
        "length", "bad-unit-note-length", "`L:1/8;`: the length is kept, and what follows as a comment",
        "error", _read_length,
    ),
    Repair("key-natural", "bad-key", "`K:Bn` is `K:B`", "error", _spell_natural),
    Repair("key-tonic", "bad-key", "`K:ddor` is `K:Ddor`", "error", _capitalize_tonic, safe=False),
    Repair("key-flat", "bad-key", "`K:B_`, `K:BB`, `K:Es`", "error", _spell_flat, safe=False),
    Repair(
        "header-text", "text-in-header", "a line that is no field becomes a comment",
        "error", comment_line, safe=False,  # abcjs begins the music with it
    ),
)  # fmt: skip
