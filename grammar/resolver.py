"""Layer 2, the resolver: one tune as found -> resolved text, with a map back to the source.

What ABC 2.1 defines in terms of lines and characters is settled here, so that `abc.lark` has only
music and fields to describe: comments and directives (2.2.5, 11), continuations (6.1.1 and `+:`),
letters of the user's own (4.16), and the `!` that breaks a line (12.2).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Resolved", "resolve"]

_COMMENT = re.compile(r"(?<!\\)%.*")
_HEADER_FIELD = re.compile(r"[A-Za-z]:")
# In the body a letter that can be a note or a rest begins music: `G:|` (section 2.2.1 and 3).
_BODY_FIELD = re.compile(r"[H-Wh-w]:")
_CONTINUED = re.compile(r"\\\s*$")
_USER_SYMBOL = re.compile(r"U:\s*([H-Wh-w~])\s*=\s*(?:!([^!\s]+)!|(\"[^\"]*\"))\s*$")
# Stretches of a music line that are not notes: quoted text, decorations, inline fields.
_OPAQUE = re.compile(r'"(?:[^"\\]|\\.)*"|![^! \t|:\[\]]*!|\[[A-Za-z]:[^\]]*\]')


_BARS = frozenset("|:[]")


@dataclass(frozen=True, slots=True)
class Resolved:
    """Resolved text and the way back: any offset -> line and column of the source, both from 1."""

    text: str
    empty_lines: tuple[int, ...]
    _offsets: list[int]
    _places: list[tuple[int, int, bool]]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column, in code points, of the source for an offset in the resolved text."""
        if not self._offsets:
            return 1, 1
        index = max(0, bisect_right(self._offsets, offset) - 1)
        line, column, advances = self._places[index]
        return line, column + (offset - self._offsets[index] if advances else 0)


@dataclass(slots=True)
class _Writer:
    """Collects pieces of resolved text, each with the place that it came from."""

    pieces: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    places: list[tuple[int, int, bool]] = field(default_factory=list)
    length: int = 0

    def write(self, text: str, line: int, column: int, advances: bool = True) -> None:
        """Add text; what stands for something else (`advances` false) has one place as a whole."""
        self.offsets.append(self.length)
        self.places.append((line, column, advances))
        self.pieces.append(text)
        self.length += len(text)


def resolve(text: str, first_line: int = 1) -> Resolved:
    """Resolve one tune. `first_line` is the line of the source file at which `text` begins."""
    writer = _Writer()
    state = _State()
    empty: list[int] = []
    for number, raw in enumerate(text.split("\n"), start=first_line):
        line = _without_comment(raw)
        if line:
            _write_line(line, number, state, writer)
        elif not raw.strip():
            empty.append(number)
    if state.open_line:
        writer.write("\n", *state.open_line)
    return Resolved(
        "".join(writer.pieces),
        _empty_lines_inside(empty, first_line + text.count("\n")),
        writer.offsets,
        writer.places,
    )


@dataclass(slots=True)
class _State:
    in_body: bool = False
    # The place at which the line written last ends, as long as its line feed is still to come.
    open_line: tuple[int, int] | None = None
    continued: bool = False
    symbols: dict[str, str] = field(default_factory=dict)


def _without_comment(raw: str) -> str:
    """The line without its comment and trailing blanks; empty if nothing else was on it."""
    if raw.startswith("%"):
        return ""
    if "%" in raw:
        raw = _COMMENT.sub("", raw)
    return raw.rstrip()


def _write_line(line: str, number: int, state: _State, writer: _Writer) -> None:
    if line.startswith("+:") and state.open_line:
        writer.write(" ", *state.open_line)
        writer.write(line[2:].lstrip(), number, 3)
        state.open_line = (number, len(line) + 1)
        return
    is_field = (_BODY_FIELD if state.in_body else _HEADER_FIELD).match(line) is not None
    joins = state.continued and not is_field
    if state.open_line and not joins:
        writer.write("\n", *state.open_line)
    elif joins and line[0] in _BARS and writer.pieces[-1][-1:] in _BARS:
        writer.write(" ", number, 1)  # two bar lines on two lines stay two
    state.continued = False
    if is_field or not state.in_body:
        _write_field(line, number, state, writer)
    else:
        _write_music(line, number, state, writer)
    state.open_line = (number, len(line) + 1)


def _write_field(line: str, number: int, state: _State, writer: _Writer) -> None:
    line = _CONTINUED.sub("", line)  # an outdated way to continue: fields use `+:`
    if line.startswith("K:"):
        state.in_body = True
    elif line.startswith("U:") and (symbol := _USER_SYMBOL.match(line)):
        letter, name, annotation = symbol.groups()
        state.symbols[letter] = annotation or ("" if name in ("nil", "none") else f"!{name}!")
    writer.write(line, number, 1)


def _write_music(line: str, number: int, state: _State, writer: _Writer) -> None:
    if _CONTINUED.search(line):
        state.continued = True
        line = _CONTINUED.sub("", line)
    if "!" not in line and not state.symbols:
        writer.write(line, number, 1)
        return
    pieces = list(_pieces(line))
    text, column, is_music = pieces[-1]
    if is_music and text.endswith("!"):  # the line ends here anyway
        pieces[-1] = (text[:-1].rstrip(), column, True)
    for text, column, is_music in pieces:
        if is_music:
            _write_notes(text, number, column, state.symbols, writer)
        else:
            writer.write(text, number, column)


def _pieces(line: str) -> Iterator[tuple[str, int, bool]]:
    """Cut a music line into (text, column, is it music): quoted text and the like stays as it is."""
    position = 0
    for match in _OPAQUE.finditer(line):
        if match.start() > position:
            yield line[position : match.start()], position + 1, True
        yield match.group(), match.start() + 1, False
        position = match.end()
    if position < len(line):
        yield line[position:], position + 1, True


def _write_notes(
    text: str, number: int, column: int, symbols: dict[str, str], writer: _Writer
) -> None:
    """Write music in which a lone `!` is a line break and the user's letters are what they stand for."""
    start = 0
    for index, char in enumerate(text):
        replacement = "$" if char == "!" else symbols.get(char)
        if replacement is not None:
            writer.write(text[start:index], number, column + start)
            writer.write(replacement, number, column + index, advances=False)
            start = index + 1
    writer.write(text[start:], number, column + start)


def _empty_lines_inside(empty: list[int], last_line: int) -> tuple[int, ...]:
    """Empty lines that have something behind them: those at the end of a tune only close it."""
    while empty and empty[-1] == last_line:
        empty.pop()
        last_line -= 1
    return tuple(empty)
