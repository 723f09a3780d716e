"""Repairs that find one kind of dirt wherever it is.

A repair works on the source text of one tune, line by line: on its fields, or on its music outside
quoted text, decorations and inline fields.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from tuneloom.grammar.tune.durations import default_unit, parse_unit

__all__ = ["LINE_END_BANG", "OLD_TEMPO", "REPAIRS", "Repair", "respell"]

# Quoted text, decorations, inline fields and comments: what is in them is not music.
_OPAQUE = re.compile(r'("(?:[^"\\]|\\.)*"|![^! \t|:\[\]]+!|\[[A-Za-z]:[^\[\]]*\]|(?<!\\)%.*)')
_BODY_FIELD = re.compile(r"(?:[H-Wh-w]|\+):")


@dataclass(frozen=True, slots=True)
class Repair:
    """`pattern` -> `replacement`, in `where`: header fields, quoted texts, or the notes between them."""

    code: str
    summary: str
    where: str
    pattern: re.Pattern[str]
    replacement: str | Callable[[re.Match[str]], str]
    safe: bool = True


def _byte_of(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


REPAIRS = (
    # Unsafe: a program that did not know Y: plays the parts in their order from now on.
    Repair("y-header", "`Y:AB` is a part order, which is P:", "header", re.compile(r"^Y:"), "P:", False),
    Repair("blank-chord-symbol", 'a chord symbol `" "` says nothing', "quoted", re.compile(r'^"\s*"$'), ""),
    Repair(
        "chord-symbol", "text that no chord begins with is an annotation: `\"^p\"`",
        "quoted", re.compile(r'^"(?=[^A-Ga-g(^_<>@"N])(?=[^"]*\S)'), '"^',
    ),
    Repair(
        "html", "`&gt;` stands for `>` and `<br>` for nothing: the tune comes from a web page",
        "notes", re.compile(r"&(?:gt|lt|amp|quot|nbsp|#\d{2,3});|</?(?:br|pre|font|span|tt)\b[^<>]*>", re.I),
        lambda match: " " if match[0][0] == "<" else html.unescape(match[0]).replace("\xa0", " "),
    ),
    Repair(
        "quoted-printable", "`=3D` stands for `=` and `=20` for a blank: the tune comes from a mail",
        "notes", re.compile(r"=([2-7][0-9A-F])"), _byte_of,
    ),
    Repair("slur-direction", "`.('` gives a slur a direction", "notes", re.compile(r"\.\([',]"), ".("),
    Repair(
        "detached-tie", "a tie touches the first of its notes: `c2 -c2` is `c2- c2`",
        "notes", re.compile(r"(?<=[A-Ga-g0-9,'/\])])([ \t]+)-"), r"-\1",
    ),
    Repair(
        "detached-volta", "a volta's number touches its bar line: `| 1` is `|1`",
        "notes", re.compile(r"(?<=[|:\]])[ \t]+(?=[12](?:[,-][1-9])*(?:[ \t]|(?=[A-Ga-g(\[{\"~^_=])))"), "",
    ),
    Repair(
        "old-chord", "`+CEG+` is how chords were written before `[CEG]`",
        "notes", re.compile(r"\+[ \t]*((?:(?:\^\^?|__?|=)?[A-Ga-g][,']*[0-9/]*[ \t]*){2,})\+"), r"[\1]",
    ),
    Repair(
        "reserved-character", "`# * ; ? @` have no meaning in music",
        "notes", re.compile(r"[#*;?@]+(?![#*;?@0-9/,'<>-])"), "",
    ),
)  # fmt: skip


# A `!` that only ends its line is the only one there: others would pair with it as a decoration.
_LINE_END_BANG = re.compile(r"(?<=[^\s!])\s*!\s*$")
LINE_END_BANG = "line-end-bang"
_OLD_TEMPO = re.compile(
    r"Q:\s*(?:[A-Ga-g](?P<count>[1-9]\d?)?\s*=\s*)?(?P<tempo>\d+)(?P<rest>\s*(?:%.*)?)$"
)
OLD_TEMPO = "old-tempo"


def respell(text: str, unsafe: bool = False) -> tuple[str, tuple[str, ...]]:
    """Apply the safe repairs to one tune, or with `unsafe` all, and tell the codes of those that changed it.

    What needs none comes back as the very same text.
    """
    codes: dict[str, None] = {}
    in_header = True
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if in_header:
            in_header = not line.startswith("K:")
            lines[index] = _apply("header", line, codes, unsafe)
            if line.startswith("Q:"):
                lines[index] = _name_the_beat(line, lines, codes)
        elif not _BODY_FIELD.match(line) and not line.startswith("%"):
            lines[index] = _repair_music(line, codes, unsafe)
    return ("\n".join(lines), tuple(codes)) if codes else (text, ())


def _repair_music(line: str, codes: dict[str, None], unsafe: bool) -> str:
    pieces = _OPAQUE.split(line)
    for index, piece in enumerate(pieces):
        if piece and (index % 2 == 0 or piece[0] == '"'):
            pieces[index] = _apply("quoted" if index % 2 else "notes", piece, codes, unsafe)
    if pieces[-1].rstrip().endswith("!") and sum(piece.count("!") for piece in pieces[::2]) == 1:
        before = "".join(pieces)
        line = _LINE_END_BANG.sub("", before)
        if line != before:
            codes[LINE_END_BANG] = None
        return line
    return "".join(pieces)


def _name_the_beat(line: str, lines: list[str], codes: dict[str, None]) -> str:
    """`Q:120` and `Q:C=120` count unit note lengths, `Q:C3=40` three of them (10.1)."""
    match = _OLD_TEMPO.match(line)
    if match is None:
        return line
    header = {field[:2]: field[2:].partition("%")[0].strip() for field in reversed(lines)}
    try:
        unit = parse_unit(header["L:"]) if header.get("L:") else default_unit(header.get("M:", ""))
    except (ValueError, ZeroDivisionError):
        return line  # no length that anybody could read
    beat = unit * int(match["count"] or 1)
    codes[OLD_TEMPO] = None
    return f"Q:{beat.numerator}/{beat.denominator}={match['tempo']}{match['rest']}"


def _apply(where: str, text: str, codes: dict[str, None], unsafe: bool) -> str:
    for rule in REPAIRS:
        if rule.where == where and (rule.safe or unsafe):
            text, count = rule.pattern.subn(rule.replacement, text)
            if count:
                codes[rule.code] = None
    return text
