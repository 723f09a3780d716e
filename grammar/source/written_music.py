"""The music of a tune as it is written, to compare tunes with: without names, words, comments and layout."""

from __future__ import annotations

import re

from tuneloom.grammar.source.segments import is_field, key_line, without_comment

__all__ = ["written_music"]

_HEADER = frozenset("MLK")
_BODY = frozenset("KMLVP")
_BLANKS = re.compile(r"\s+")
_NOTE = re.compile("[A-Ga-g]")


def written_music(text: str) -> str:
    """The fields M:, L: and K: and the music of one tune, without blanks; empty without a note."""
    lines = text.split("\n")
    key = key_line(lines)
    header = sorted(_stripped(line) for line in lines[: key + 1] if line[:1] in _HEADER)
    body = [
        _stripped(line)
        for line in lines[key + 1 :]
        if not line.startswith("%") and (not is_field(line) or line[0] in _BODY)
    ]
    if not any(map(_NOTE.search, body)):
        return ""
    return "\n".join((*header, "".join(body)))


def _stripped(line: str) -> str:
    return _BLANKS.sub("", without_comment(line)).rstrip("\\")
