r"""How a tune's text divides: header and body, music and fields, and what in a line of music is not music.

A line of music holds quoted text, decorations, inline fields and a comment; whatever is between them is
music. Everything here takes time that grows with the length of the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

__all__ = [
    "DecorationSign", "continued_lyrics", "is_field", "is_music_line", "key_line", "spaced_field",
    "split_header", "split_music", "without_comment",
]  # fmt: skip

DecorationSign = Literal["!", "+"]
"""The sign on both sides of a decoration: `!trill!` or, where a tune declares it, `+trill+` (4.14)."""

_HEADER_FIELD = re.compile(r"[ \t]*([A-Za-z])[ \t]*:")
# In the body a letter that can be a note or a rest begins music, as in `G:|` (sections 2.2.1 and 3).
_BODY_FIELD = re.compile(
    r"([H-Wh-w]):|[ \t]+([H-Wh-w]):(?![|:\[\]])|[ \t]*([KLMQ])[ \t]+:[ \t]*(?=[A-G0-9])"
)
_KEY_FIELD = re.compile(r"[ \t]*K[ \t]*:")
_COMMENT = re.compile(r"(?<!\\)%.*")

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_OTHERS = r"{sign}[^{sign} \t|:\[\]]{count}{sign}|\[[A-Za-z]:[^\[\]]*\]|(?<!\\)%.*"


def key_line(lines: Sequence[str]) -> int:
    """The index of the first K: line, which ends the header; without one, the number of lines."""
    return next((index for index, line in enumerate(lines) if _KEY_FIELD.match(line)), len(lines))


def split_header(text: str) -> tuple[str, str]:
    """The header of a tune, its first K: line included, and the body; all is header without K:."""
    start = 0 if text.startswith("K:") else text.find("\nK:") + 1 or len(text)
    end = text.find("\n", start) + 1 or len(text)
    return text[:end], text[end:]


def is_field(line: str, in_body: bool = True) -> bool:
    """Whether a line is a field; in the body, fewer letters begin one than in the header.

    There may be blanks before the letter and the colon, where nothing else can be meant.
    """
    return (_BODY_FIELD if in_body else _HEADER_FIELD).match(line) is not None


def spaced_field(line: str, in_body: bool) -> tuple[str, int, int] | None:
    """Of a field with blanks before its letter or its colon: the letter, its index, that after the colon."""
    if line[1:2] == ":":
        return None
    match = (_BODY_FIELD if in_body else _HEADER_FIELD).match(line)
    if match is None or match.lastindex is None:
        return None
    begin = match.start(match.lastindex)
    return line[begin], begin, line.index(":", begin) + 1


def is_music_line(line: str) -> bool:
    """Whether a line of the body is music: no field or its continuation, no comment, and not empty."""
    return not (line.startswith(("%", "+:")) or is_field(line)) and bool(line.strip())


def continued_lyrics(lines: Sequence[str]) -> frozenset[int]:
    r"""The indices of the lines that a `\` at the end of a w: or W: line makes lyrics."""
    found: set[int] = set()
    in_words = is_open = False
    for index, line in enumerate(lines):
        if line.startswith("%"):
            continue
        if is_open and is_music_line(line):
            found.add(index)
        elif not (in_words and line.startswith("+:")):
            in_words = line.startswith(("w:", "W:"))
        is_open = in_words and without_comment(line).rstrip().endswith("\\")
    return frozenset(found)


def without_comment(line: str) -> str:
    r"""A line up to its comment; `\%` begins none."""
    return _COMMENT.sub("", line) if "%" in line else line


def split_music(
    line: str, sign: DecorationSign = "!", empty_decorations: bool = False
) -> list[str]:
    """Divide a line of music: the even items are music, and each odd one is something else.

    That is quoted text, a decoration between two of `sign`, an inline field, or the comment. With
    `empty_decorations` two signs in a row are a decoration without a name; otherwise they are music.
    """
    if '\\"' in line:
        return _split_escaped(line, sign, empty_decorations)
    return _pattern(sign, empty_decorations).split(line)


def _split_escaped(line: str, sign: DecorationSign, empty_decorations: bool) -> list[str]:
    """The same for a line with escaped quotes.

    Where one quote is never closed, all that follow are escaped and are not closed either. So none is
    looked for again, which would take a time that grows with the square of the length.
    """
    pattern = _pattern(sign, empty_decorations, finds_open_quote=True)
    pieces: list[str] = []
    begin = position = 0
    while match := pattern.search(line, position):
        position = match.end()
        if match.lastgroup == "open":
            pattern = _pattern(sign, empty_decorations, finds_quotes=False)
            continue
        pieces += (line[begin : match.start()], match[0])
        begin = position
    return [*pieces, line[begin:]]


@cache
def _pattern(
    sign: DecorationSign,
    empty_decorations: bool,
    finds_quotes: bool = True,
    finds_open_quote: bool = False,
) -> re.Pattern[str]:
    """What is not music, compiled when it is first needed."""
    others = _OTHERS.format(sign=re.escape(sign), count="*" if empty_decorations else "+")
    quoted = f"{_QUOTED}|" if finds_quotes else ""
    open_quote = '|(?P<open>")' if finds_open_quote else ""
    return re.compile(f"({quoted}{others}){open_quote}")
