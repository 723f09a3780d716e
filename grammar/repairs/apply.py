"""A tune as found -> the tune repaired, and what was needed.

First come the repairs of what can be seen anywhere in the text. If the tune is not parseable then, the
grammar says where it stops and with which error, and the repairs of that error are tried, until the tune
is parseable or nothing helps. Last come the repairs of what the tune, once it is read, shows. A line may
become several, and none goes. Prose never becomes music: a repair drops letters only where they are alone
before a note, and no more than two different ones in a tune; a line that continues lyrics is left alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tuneloom.grammar.canonical.equality import sound_alike
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.parsing.parser import MAX_CHARACTERS, first_error, parse
from tuneloom.grammar.parsing.result import ParsedTune, ParseResult
from tuneloom.grammar.repairs.catalogue import REPAIRS
from tuneloom.grammar.repairs.interface import Repair, RepairPlace, Scope, SourceLines
from tuneloom.grammar.source.segments import (
    continued_lyrics,
    is_field,
    is_music_line,
    split_music,
)

if TYPE_CHECKING:
    from tuneloom.grammar.rules.basis.plain_music import Aspect

__all__ = ["Repaired", "repair"]

_MAX_ERRORS = 60


class _ReadText:
    """A text, and what the grammar says of it, asked when it is needed and once.

    Without `takes_tree` the verdict alone is asked of the automaton, which is faster than a tree.
    """

    def __init__(
        self,
        text: str,
        line: int,
        file_header: str,
        takes_tree: bool,
        parsed: ParseResult | None = None,
    ) -> None:
        self.text = text
        self._line = line
        self._file_header = file_header
        self._takes_tree = takes_tree
        self._parsed = parsed

    def changed(self, text: str) -> _ReadText:
        """Another text, read in the same way."""
        return _ReadText(text, self._line, self._file_header, self._takes_tree)

    @property
    def parsed(self) -> ParseResult:
        if self._parsed is None:
            self._parsed = parse(self.text, self._line, self._file_header)
        return self._parsed

    @cached_property
    def error(self) -> Diagnostic | None:
        """Its first error; None for a tune."""
        if self._takes_tree or self._parsed:
            return None if self.parsed.parseable else self.parsed.diagnostics[0]
        return first_error(self.text, self._line, self._file_header)


# A dataclass, since a Struct cannot leave fields out of a comparison.
@dataclass(frozen=True, slots=True)
class Repaired:
    """The text after all repairs, with as many lines as before or more; the codes of what changed it."""

    text: str
    codes: tuple[str, ...]
    _after: _ReadText = field(repr=False, compare=False)
    _before: _ReadText = field(repr=False, compare=False)

    @property
    def parsed(self) -> ParseResult:
        """What the grammar says of the text."""
        return self._after.parsed

    @property
    def as_found(self) -> ParseResult:
        """What the grammar says of the text before the repairs."""
        return self._before.parsed


def repair(
    text: str,
    line: int = 1,
    file_header: str = "",
    unsafe: bool = False,
    codes: Collection[str] | None = None,
    *,
    for_codes: Collection[str] | None = None,
    as_found: ParseResult | None = None,
) -> Repaired:
    """Make the safe repairs that a tune needs, or with `unsafe` all, and parse it.

    `line` and `file_header` are those of `parse`; `codes` are those to repair, by default all. A tune that
    needs no repair, or is not parseable after all of them, is returned as the very same text. Whoever only
    asks whether some codes are repaired gives them as `for_codes`: repairs of a parseable tune are made for
    these alone, which saves most of the time. `as_found` is what `parse` says of the text, if it is known.
    """
    repairs = [
        each
        for each in REPAIRS.values()
        if (each.safe or unsafe) and (codes is None or each.code in codes)
    ]
    found = _ReadText(text, line, file_header, for_codes is None, as_found)
    repaired = _make_parseable(found, repairs, line)
    for each in repairs:
        if each.scope != "tune" or (for_codes is not None and each.code not in for_codes):
            continue
        parsed = repaired.parsed
        if parsed.parseable and not _is_plain_in(each.aspect, parsed):
            repaired = _repair_music(repaired, parsed, each, line)
    return repaired


def _is_plain_in(aspect: Aspect | None, parsed: ParsedTune) -> bool:
    from tuneloom.grammar.rules.basis.plain_music import plain_aspects  # few repairs ask for it

    return aspect is not None and aspect in plain_aspects(parsed.resolved.text)


def _make_parseable(found: _ReadText, repairs: Sequence[Repair], line: int) -> Repaired:
    """Make the repairs of the text, and those of its errors."""
    text, codes = _tidy(found.text, repairs)
    tidied = found.changed(text) if codes else found
    if tidied.error is None:
        return Repaired(text, codes, tidied, found)
    made = _repair_errors(tidied, tidied.error, repairs, line) if found.error else None
    if made is None:
        # Either what looked like dirt held the tune together, or nothing makes a tune of it.
        return Repaired(found.text, (), found, found)
    mended, of_errors = made
    # What was no music before may need the other repairs now.
    again, further = _tidy(mended.text, repairs)
    after = found.changed(again) if further else mended
    return Repaired(again, tuple(dict.fromkeys((*codes, *of_errors, *further))), after, found)


def _repair_music(repaired: Repaired, parsed: ParsedTune, each: Repair, line: int) -> Repaired:
    """Make a repair of scope `tune`, unless it breaks the tune, or is safe and changes how it sounds."""
    source = SourceLines(repaired.text.split("\n"))
    place = RepairPlace(source, 0, found=parsed, first_line=line)
    text = each.change(repaired.text, place)
    if text == repaired.text:
        return repaired
    read = repaired._after.changed(text)
    after = read.parsed
    if not after.parseable or (each.safe and not sound_alike(parsed.tune, after.tune)):
        return repaired
    codes = dict.fromkeys((*repaired.codes, each.code))
    return replace(repaired, text=text, codes=tuple(codes), _after=read)


class _Tidying:
    """One pass over the lines of a tune, which collects the codes of the repairs that changed something."""

    def __init__(self, text: str, repairs: Sequence[Repair]) -> None:
        self.lines = text.split("\n")
        self._repairs: dict[Scope, list[Repair]] = {}
        for each in repairs:
            self._repairs.setdefault(each.scope, []).append(each)
        self.codes: dict[str, None] = {}

    def header(self) -> None:
        """Make one repair in all lines, then the next one, since a tempo depends on M: and L: as repaired."""
        places = self._header_places()
        for each in (*self._repairs.get("field", ()), *self._repairs.get("header", ())):
            after = [each.change(self.lines[place.line], place) for place in places]
            if after != self.lines[: len(places)]:
                self.codes[each.code] = None
                self.lines = [*"\n".join(after).split("\n"), *self.lines[len(places) :]]
                places = self._header_places()

    def _header_places(self) -> list[RepairPlace]:
        source = SourceLines(self.lines)
        return [RepairPlace(source, index) for index in range(len(self.lines[: source.key + 1]))]

    def body(self) -> None:
        source = SourceLines(self.lines)
        lyrics = continued_lyrics(self.lines)
        for index in range(source.key + 1, len(self.lines)):
            line, place = self.lines[index], RepairPlace(source, index)
            if index not in lyrics and is_music_line(line):
                self.lines[index] = self._music_line(line, place)
            elif is_field(line):
                self.lines[index] = self._apply("field", line, place)

    def _music_line(self, line: str, place: RepairPlace) -> str:
        pieces = split_music(line)
        for number, piece in enumerate(pieces):
            if number % 2 == 0:
                if piece:
                    pieces[number] = self._apply("notes", piece, place)
            elif piece[0] == '"':
                pieces[number] = self._apply("quoted", piece, place)
        return self._apply("music", "".join(pieces), place)

    def _apply(self, scope: Scope, text: str, place: RepairPlace) -> str:
        for each in self._repairs.get(scope, ()):
            after = each.change(text, place)
            if after != text:
                self.codes[each.code] = None
                text = after
        return text


def _tidy(text: str, repairs: Sequence[Repair]) -> tuple[str, tuple[str, ...]]:
    """Make the repairs that no error has to ask for; the very same text if none changes it."""
    tidying = _Tidying(text, repairs)
    tidying.header()
    tidying.body()
    return ("\n".join(tidying.lines), tuple(tidying.codes)) if tidying.codes else (text, ())


def _repair_errors(
    read: _ReadText, error: Diagnostic, repairs: Sequence[Repair], line: int
) -> tuple[_ReadText, tuple[str, ...]] | None:
    """Repair one error after the other until the text is a tune; None if that cannot be done."""
    if len(read.text) > MAX_CHARACTERS:
        return None
    codes: dict[str, None] = {}
    dropped_letters: set[str] = set()
    for _ in range(_MAX_ERRORS):
        lines = read.text.split("\n")
        index = error.line - line
        if not 0 <= index < len(lines) or index in continued_lyrics(lines):
            return None
        place = RepairPlace(SourceLines(lines), index, error.column - 1, dropped_letters)
        after = _repair_error(error.code, read.text, place, repairs)
        if after == read.text:
            return None
        read = read.changed(after)
        codes[error.code] = None
        if read.error is None:
            return read, tuple(codes)
        error = read.error
    return None


def _repair_error(code: str, text: str, place: RepairPlace, repairs: Sequence[Repair]) -> str:
    """The text after the first repair of an error that changes it."""
    for each in repairs:
        if each.scope == "error" and each.code == code:
            after = each.change(text, place)
            if after != text:
                return after
    return text
