"""Comments that suppress findings: `% tuneloom: ignore bar-length`.

After music, a comment applies to its own line; on a line of its own in the body, to the next line; in the
header, to the whole tune. It hides findings from the person who checks, and changes no level of the tune.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct, field

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.source.segments import key_line

__all__ = ["Suppressions", "ignore_comments", "suppressions_of"]

_COMMENT = re.compile(r"(?<!\\)%\s*tuneloom:\s*ignore\b[ \t]*(?P<codes>.*)$")
_CODE = re.compile(r"[^\s,]+")


class IgnoreComment(Struct, frozen=True):
    """One such comment: its line in the tune (from 0), and its codes, each with its column (from 1)."""

    line: int
    column: int
    codes: tuple[tuple[str, int], ...]
    alone: bool
    in_header: bool


class Suppressions(Struct, frozen=True):
    """The codes that a tune suppresses: everywhere, and by line of the file."""

    everywhere: frozenset[str] = frozenset()
    lines: dict[int, set[str]] = field(default_factory=dict)

    def covers(self, found: Diagnostic) -> bool:
        return found.code in self.everywhere or found.code in self.lines.get(found.line, ())


_NOTHING = Suppressions()


def suppressions_of(text: str, line: int = 1) -> Suppressions:
    """What the comments of a tune suppress; `line` is the line of the file at which it begins."""
    if "tuneloom:" not in text:
        return _NOTHING
    everywhere: set[str] = set()
    lines: defaultdict[int, set[str]] = defaultdict(set)
    for comment in ignore_comments(text):
        codes = {code for code, _ in comment.codes}
        if not comment.alone:
            lines[line + comment.line] |= codes
        elif comment.in_header:
            everywhere |= codes
        else:
            lines[line + comment.line + 1] |= codes
    return Suppressions(frozenset(everywhere), lines)


def ignore_comments(text: str) -> Iterator[IgnoreComment]:
    """The comments of a tune that suppress codes."""
    lines = text.split("\n")
    key = key_line(lines)
    for number, line in enumerate(lines):
        match = _COMMENT.search(line)
        if match:
            start = match.start("codes")
            codes = tuple(
                (code[0], start + code.start() + 1) for code in _CODE.finditer(match["codes"])
            )
            alone = not line[: match.start()].strip()
            yield IgnoreComment(number, match.start() + 1, codes, alone, number <= key)
