"""Layer 2, the resolver: from one tune as found to resolved text, with a map back to the source.

What ABC 2.1 defines in terms of lines and characters is resolved here, so that `abc.lark` describes music
and fields alone: comments and directives (2.2.5, 11), continuations (6.1.1 and `+:`), and the characters
that a tune gives a meaning of its own (`substitutions`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from tuneloom.grammar.source.quick_text import quick_resolved_text
from tuneloom.grammar.source.segments import is_field, key_line, spaced_field, without_comment
from tuneloom.grammar.source.substitutions import ResolvedPiece, Substitutions

__all__ = [
    "Directive",
    "Resolved",
    "leaves_nothing",
    "lines_with_file_header",
    "resolve_by_lines",
    "resolve_tune",
]

_CONTINUED = re.compile(r"\\\s*$")
# Fields of words or symbols, which an outdated `\\` continues as well (5.1 of ABC 2.0).
_WORDS = frozenset("wsW")
# Of these, the ones that continue with a field of the same name, as abcm2ps and abcjs read them.
_ALIGNED = frozenset({"w:", "s:"})
_BARS = frozenset("|:[]")
# Fields of the file header that are added to the tune's own; others give way to them.
_ADD_UP = frozenset({"U:", "m:", "I:", "%%"})


# The only directive that changes what sounds.
_SOUNDING_DIRECTIVE = "propagate-accidentals"


class Directive(Struct, frozen=True):
    """A `%%` line without these signs, and the offset in the resolved text from which it holds."""

    start: int
    text: str


class Resolved(Struct, frozen=True):
    """Resolved text and the way back: any offset -> line and column of the source, both from 1.

    `directives` are those that change what sounds.
    """

    text: str
    empty_lines: tuple[int, ...]
    _offsets: list[int]
    _places: list[tuple[int, int, bool]]
    directives: tuple[Directive, ...] = ()

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column, in code points, of the source for an offset in the resolved text."""
        if not self._offsets:
            return 1, 1
        index = self._index(offset)
        line, column, advances = self._places[index]
        return line, column + (offset - self._offsets[index] if advances else 0)

    def is_replaced(self, offset: int) -> bool:
        """Whether the text at an offset is there in place of something else in the source."""
        return bool(self._offsets) and not self._places[self._index(offset)][2]

    def source_line(self, offset: int) -> tuple[int, int]:
        """The stretch around an offset that is from one line of the source, which may be joined to others."""
        first = last = self._index(offset)
        number = self._places[first][0]
        while first and self._places[first - 1][0] == number:
            first -= 1
        while last + 1 < len(self._places) and self._places[last + 1][0] == number:
            last += 1
        end = self._offsets[last + 1] if last + 1 < len(self._offsets) else len(self.text)
        return self._offsets[first], end

    def _index(self, offset: int) -> int:
        return max(0, bisect_right(self._offsets, offset) - 1)


class _Writer(Struct):
    """Collects pieces of resolved text, each with the place that it came from."""

    pieces: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    places: list[tuple[int, int, bool]] = field(default_factory=list)
    length: int = 0

    def write(self, text: str, line: int, column: int, advances: bool = True) -> None:
        """Add text; what replaces something (`advances` false) has one place as a whole."""
        if not text:
            return
        self.offsets.append(self.length)
        self.places.append((line, column, advances))
        self.pieces.append(text)
        self.length += len(text)


def resolve_tune(text: str, first_line: int = 1, file_header: str = "") -> Resolved:
    """Resolve one tune. `first_line` is the line of the source file at which `text` begins.

    The fields of the file header come after X:, if there is one, and their places are the first lines of
    the file.
    """
    quick = _resolve_quickly(text, first_line, file_header)
    return quick or resolve_by_lines(text, first_line, file_header)


def resolve_by_lines(text: str, first_line: int = 1, file_header: str = "") -> Resolved:
    """The same for any tune, line by line."""
    writer = _Writer()
    state = _ResolverState()
    empty: list[int] = []
    directives: list[Directive] = []
    for number, raw in lines_with_file_header(text, first_line, file_header):
        line = "" if raw.startswith("%") else without_comment(raw).rstrip()
        if raw.startswith("%%"):
            value = raw[2:].lstrip()  # abcm2ps reads blanks before the name
            state.substitutions.learn("%%" + value)
            if value.startswith(_SOUNDING_DIRECTIVE):
                directives.append(Directive(writer.length, without_comment(value).strip()))
        elif line:
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
        tuple(directives),
    )


def _resolve_quickly(text: str, first_line: int, file_header: str) -> Resolved | None:
    """The same of a tune whose lines stay lines, each from its beginning; None of any other."""
    sounds = _SOUNDING_DIRECTIVE in text or _SOUNDING_DIRECTIVE in file_header
    if sounds or not leaves_nothing(file_header):
        return None
    resolved = quick_resolved_text(text)
    if resolved is None:
        return None
    found = enumerate(text.rstrip("\n").split("\n"), start=first_line)
    kept = [(n, line) for n, line in found if not line.lstrip(" \t").startswith("%")]
    lines = resolved.split("\n")[:-1]
    if len(kept) != len(lines):
        return None  # some are joined or left out
    offsets: list[int] = []
    places: list[tuple[int, int, bool]] = []
    start = 0
    for line, (number, raw) in zip(lines, kept, strict=True):
        offsets.append(start)
        places.append((number, 1, True))
        start += len(line)
        if len(line) < len(raw):
            # What the line ended with, other than a comment, is before its line feed.
            offsets.append(start)
            places.append((number, len(without_comment(raw).rstrip()) + 1, True))
        start += 1
    return Resolved(resolved, (), offsets, places)


@lru_cache(maxsize=16)
def leaves_nothing(file_header: str) -> bool:
    """Whether a file header has nothing but comments, and directives that change no text."""
    header = file_header.removesuffix("\n")
    return not header or quick_resolved_text(f"X:1\n{header}\nK:C\n") == "X:1\nK:C\n"


def lines_with_file_header(
    text: str, first_line: int, file_header: str
) -> Iterator[tuple[int, str]]:
    """The lines of a tune by number, with those of the file header that it does not replace."""
    lines = text.split("\n")
    numbered = int(lines[0].lstrip(" \t").startswith("X"))
    yield from zip(range(first_line, first_line + numbered), lines[:numbered], strict=True)
    if file_header:
        own = {line[:2] for line in lines[numbered : key_line(lines)]} - _ADD_UP
        for number, line in enumerate(file_header.removesuffix("\n").split("\n"), start=1):
            if line[:2] not in own:
                yield number, line
    yield from enumerate(lines[numbered:], start=first_line + numbered)


class _ResolverState(Struct):
    in_body: bool = False
    # The place at which the line written last ends, as long as its line feed is still to come.
    open_line: tuple[int, int] | None = None
    continued: bool = False
    # The field of words or symbols that was written last, such as `w:`, and whether a `\\` continues it.
    words: str = ""
    continued_words: bool = False
    substitutions: Substitutions = field(default_factory=Substitutions)


def _write_line(line: str, number: int, state: _ResolverState, writer: _Writer) -> None:
    if line.startswith("+:") and state.open_line:
        _write_continuation(line[2:], number, 3, state, writer)
        return
    as_field = is_field(line, state.in_body)
    if state.continued_words and not as_field:
        _write_continuation(line, number, 1, state, writer)
        return
    if state.continued_words and line.startswith(state.words) and state.words in _ALIGNED:
        _write_continuation(line[2:], number, 3, state, writer)
        return
    state.words = line[:2] if as_field and line[0] in _WORDS else ""
    state.continued_words = bool(state.words) and _is_continued(line)
    pieces = (
        _field_pieces(line, state) if as_field or not state.in_body else _music_pieces(line, state)
    )
    if not pieces:
        return
    if state.open_line and (as_field or not state.continued):
        writer.write("\n", *state.open_line)
    elif state.continued and line[0] in _BARS and writer.pieces[-1][-1] in _BARS:
        writer.write(" ", number, 1)  # two bar lines on two lines stay two
    state.continued = not as_field and _is_continued(line)
    for piece in pieces:
        writer.write(piece.text, number, piece.column, piece.advances)
    state.open_line = (number, len(line) + 1)


def _write_continuation(
    text: str, number: int, column: int, state: _ResolverState, writer: _Writer
) -> None:
    """Add text of a line, from a column, to the field before it."""
    assert state.open_line is not None, "there is a field before its continuation"
    end = (number, column + len(text))
    if state.words:
        state.continued_words = _is_continued(text)
        text = _CONTINUED.sub("", text)
    words = text.lstrip()
    writer.write(" ", *state.open_line)
    writer.write(words, number, column + len(text) - len(words))
    state.open_line = end


def _is_continued(line: str) -> bool:
    return "\\" in line and _CONTINUED.search(line) is not None


def _field_pieces(line: str, state: _ResolverState) -> list[ResolvedPiece]:
    if _is_continued(line):  # an outdated way to continue: fields use `+:`
        line = _CONTINUED.sub("", line)
    pieces = [ResolvedPiece(line, 1)]
    if spaced := spaced_field(line, state.in_body):
        letter, begin, end = spaced
        pieces = [ResolvedPiece(letter, begin + 1), ResolvedPiece(line[end - 1 :], end)]
        line = letter + line[end - 1 :]
    state.in_body = state.in_body or line.startswith("K:")
    state.substitutions.learn(line)
    if line.startswith("s:") and not spaced:
        return list(state.substitutions.apply_to_symbols(line))
    return pieces


def _music_pieces(line: str, state: _ResolverState) -> list[ResolvedPiece]:
    """The pieces of a music line without blanks at its end; none if nothing is left of it."""
    if _is_continued(line):  # blanks before a continuation separate the beams of the two lines
        return list(state.substitutions.apply(_CONTINUED.sub("", line)))
    pieces = list(state.substitutions.apply(line))
    while pieces and not pieces[-1].text.strip():
        pieces.pop()
    if pieces and pieces[-1].text[-1].isspace():
        pieces[-1] = replace(pieces[-1], text=pieces[-1].text.rstrip())
    return pieces


def _empty_lines_inside(empty: list[int], last_line: int) -> tuple[int, ...]:
    """The empty lines that something follows; those at the end of a tune only close it."""
    while empty and empty[-1] == last_line:
        empty.pop()
        last_line -= 1
    return tuple(empty)
