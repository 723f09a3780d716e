"""Tunes that repeat or vary others, as `tuneloom duplicates` finds them, and the numbers of tunes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol.types import Location, Position, Range, TextEdit

from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.extras import missing_extra
from tuneloom.grammar.source.book import BookTune
from tuneloom.lsp.open_book import OpenBook, reference_of

if TYPE_CHECKING:
    from tuneloom.corpus.kinship.relatives import Relative
    from tuneloom.corpus.sketch import TuneSketch

__all__ = ["Sketches", "number_range", "original_of", "relatives_of", "renumbering"]

_NUMBER = re.compile(r"X:[ \t]*(?P<number>[^%\n]*[^%\s])")


class Sketches:
    """What is compared of tunes, kept by their text, since it takes longer to find than to compare."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], TuneSketch | None] = {}

    def families(self, open_book: OpenBook) -> list[list[tuple[BookTune, Relative]]]:
        """The families among the tunes of a document.

        Raises:
            UsageError: the extra `data` is not installed.
        """
        try:
            from tuneloom.corpus.kinship.relatives import related_tunes
            from tuneloom.corpus.sketch import sketch_text
        except ModuleNotFoundError as error:
            line = missing_extra(error, "finding duplicates", "data")
            raise UsageError(line or str(error)) from error
        header = open_book.book.header
        keys = {(header, tune.text): tune.line for tune in open_book.book.tunes}
        self._known = {
            key: self._known[key] if key in self._known else sketch_text(key[1], line, header)
            for key, line in keys.items()
        }
        tunes = [tune for tune in open_book.book.tunes if self._known[header, tune.text]]
        sketches = [sketch for tune in tunes if (sketch := self._known[header, tune.text])]
        return [[(tunes[each.tune], each) for each in family] for family in related_tunes(sketches)]


def original_of(
    uri: str, open_book: OpenBook, position: Position, sketches: Sketches
) -> Location | None:
    """The tune of the document that the one at a place repeats or varies."""
    tune = open_book.tune_at(open_book.lines.place(position)[0])
    for family in sketches.families(open_book) if tune else ():
        members = {each.tune: member for member, each in family}
        for member, each in family:
            if member == tune and each.other is not None:
                return _location(uri, open_book, members[each.other])
    return None


def relatives_of(
    uri: str, open_book: OpenBook, position: Position, sketches: Sketches, with_itself: bool
) -> list[Location]:
    """All tunes of the document that are of one family with the one at a place."""
    tune = open_book.tune_at(open_book.lines.place(position)[0])
    for family in sketches.families(open_book) if tune else ():
        members = [member for member, _ in family]
        if tune in members:
            return [
                _location(uri, open_book, member)
                for member in members
                if with_itself or member != tune
            ]
    return []


def _location(uri: str, open_book: OpenBook, tune: BookTune) -> Location:
    return Location(uri, open_book.lines.lines_range(tune.line, tune.line))


# ------------------------------------------------------------ numbers


def number_range(open_book: OpenBook, position: Position) -> tuple[Range, str] | None:
    """The place and the value of X:, if that is the line at a place."""
    line = open_book.lines.place(position)[0]
    tune = open_book.tune_at(line)
    match = _NUMBER.match(tune.text) if tune and tune.line == line else None
    if match is None:
        return None
    begin, end = match.span("number")
    return open_book.lines.range(line, begin + 1, line, end + 1), match["number"]


def renumbering(open_book: OpenBook, position: Position, number: str) -> Sequence[TextEdit]:
    """The edit that gives a tune another number.

    Raises:
        UsageError: there is no number at the place, the new one is none, or another tune has it.
    """
    place = number_range(open_book, position)
    if place is None:
        raise UsageError("only the number of a tune, X:, can be renamed")
    if not (number.isascii() and number.isdigit()):
        raise UsageError(f"{number!r} is no number of a tune; X: takes digits")
    line = open_book.lines.place(position)[0]
    for tune in open_book.book.tunes:
        if reference_of(tune) == number and tune.line != line:
            raise UsageError(f"the tune at line {tune.line} has the number {number}")
    return [TextEdit(place[0], number)]
