"""Repairs that find one kind of dirt wherever it is. All are safe.

A repair works on the source text of one tune, line by line: on its fields, or on its music outside
quoted text, decorations and inline fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["REPAIRS", "Repair", "respell"]

# Quoted text, decorations, inline fields and comments: what is in them is not music.
_OPAQUE = re.compile(r'("(?:[^"\\]|\\.)*"|![^! \t|:\[\]]+!|\[[A-Za-z]:[^\[\]]*\]|(?<!\\)%.*)')
_BODY_FIELD = re.compile(r"(?:[H-Wh-w]|\+):")


@dataclass(frozen=True, slots=True)
class Repair:
    """`pattern` -> `replacement`, in `where`: header fields, whole music lines, or their notes alone."""

    code: str
    summary: str
    where: str
    pattern: re.Pattern[str]
    replacement: str | Callable[[re.Match[str]], str]


REPAIRS = (
    Repair("y-header", "`Y:AB` is a part order, which is P:", "header", re.compile(r"^Y:"), "P:"),
    Repair("line-end-bang", "`!` at the end of a line only ends the line", "line", re.compile(r"!\s*$"), ""),
    Repair("blank-chord-symbol", 'a chord symbol `" "` says nothing', "line", re.compile(r'"\s*"'), ""),
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
        "notes", re.compile(r"[#*;?@]+"), "",
    ),
)  # fmt: skip


def respell(text: str) -> tuple[str, tuple[str, ...]]:
    """Apply every repair to one tune, and tell the codes of those that changed it.

    What needs none comes back as the very same text.
    """
    codes: set[str] = set()
    in_header = True
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if in_header:
            in_header = not line.startswith("K:")
            lines[index] = _apply("header", line, codes)
        elif not _BODY_FIELD.match(line) and not line.startswith("%"):
            lines[index] = _repair_music(line, codes)
    if not codes:
        return text, ()
    return "\n".join(lines), tuple(r.code for r in REPAIRS if r.code in codes)


def _repair_music(line: str, codes: set[str]) -> str:
    pieces = _OPAQUE.split(line)
    pieces[::2] = [_apply("notes", piece, codes) if piece else piece for piece in pieces[::2]]
    return _apply("line", "".join(pieces), codes)


def _apply(where: str, text: str, codes: set[str]) -> str:
    for rule in REPAIRS:
        if rule.where == where:
            text, count = rule.pattern.subn(rule.replacement, text)
            if count:
                codes.add(rule.code)
    return text
