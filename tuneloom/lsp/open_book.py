"""A tunebook that is being edited: what was found in a tune is kept for as long as the tune stays the same.

The findings are those of `tuneloom check`. They depend on the text of the tune, the header of the file, and
the X: numbers and the music of other tunes that a rule asked for. Where one of these changes, the tune is
checked again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.diagnostics.classify import diagnose_orphan
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Span
from tuneloom.grammar.source.book import Book, BookTune, read_book
from tuneloom.grammar.source.written_music import written_music
from tuneloom.lsp.document_text import DocumentText

__all__ = ["OpenBook", "last_line", "reference_of"]

_HALF_PAIR = re.compile("[\ud800-\udfff]")


class OpenBook:
    """The text of a document as it is now, the tunes in it, and what is wrong with them."""

    def __init__(self, lines: DocumentText, version: int = 0) -> None:
        self.lines = lines
        self.version = version
        self._known: dict[_TuneKey, _CheckedTune] = {}
        self._known_for: tuple[str, frozenset[str]] = ("", frozenset())
        self._derived: dict[tuple[Derivation, str, str], str] = {}

    def change(self, lines: DocumentText, version: int) -> None:
        """Put another text in place of this one."""
        self.lines = lines
        self.version = version
        self.__dict__.pop("book", None)

    @cached_property
    def book(self) -> Book:
        """The tunes, as the reader of files finds them."""
        return read_book(self.data)

    @property
    def data(self) -> bytes:
        """The text in UTF-8, with U+FFFD for what no file can hold: halves of a surrogate pair."""
        return _HALF_PAIR.sub("\ufffd", self.lines.text).encode()

    def tune_at(self, line: int) -> BookTune | None:
        """The tune that a line, from 1, belongs to."""
        return next((tune for tune in self.tunes_at(line, line)), None)

    def tunes_at(self, first: int, last: int) -> Iterator[BookTune]:
        """The tunes that have a line among these."""
        for tune in self.book.tunes:
            if tune.line <= last and first <= last_line(tune):
                yield tune

    def derived(self, derivation: Derivation, tune: BookTune) -> str:
        """What follows from a tune and the header of the file, found once while the tune stays the same."""
        key = (derivation, self.book.header, tune.text)
        if key not in self._derived:
            self._derived[key] = derivation(tune.text, self.book.header)
        return self._derived[key]

    def findings(self, codes: frozenset[str]) -> list[Diagnostic]:
        """What `tuneloom check` finds in the file with these codes selected, in the order of the places."""
        found = [each for of_tune in self.findings_by_tune(codes) for each in of_tune]
        return sorted(found, key=lambda each: each.line)

    def findings_by_tune(self, codes: frozenset[str]) -> Iterator[tuple[Diagnostic, ...]]:
        """The same, tune by tune, and first what belongs to no tune.

        Whoever stops in the middle loses nothing: tunes that were checked are known the next time.
        """
        book = self.book
        if self._known_for != (book.header, codes):
            self._known, self._known_for = {}, (book.header, codes)
        orphans = (diagnose_orphan(orphan.text, orphan.line) for orphan in book.orphans)
        yield tuple(each for each in orphans if each.code in codes)
        references: dict[str, int] = {}
        music: dict[str, int] = {}
        copies: Counter[tuple[str, bool]] = Counter()
        known, seen = self._known, set[_TuneKey]()
        for tune in book.tunes:
            key = (tune.text, tune.rejoined, copies[tune.text, tune.rejoined])
            copies[tune.text, tune.rejoined] += 1
            checked = known.get(key)
            if checked is None or not checked.holds(references, music):
                known[key] = checked = _checked(tune, book.header, codes, references, music)
            seen.add(key)
            yield checked.findings_from(tune.line)
            if reference := reference_of(tune):
                references.setdefault(reference, tune.line)
            if checked.music:
                music.setdefault(checked.music, tune.line)
        for gone in known.keys() - seen:
            del known[gone]
        texts = {text for text, _ in copies}
        self._derived = {key: kept for key, kept in self._derived.items() if key[2] in texts}


Derivation = Callable[[str, str], str]
"""A function of the text of a tune and the header of its file."""

_TuneKey = tuple[str, bool, int]
"""The text of a tune, whether it was rejoined, and how many equal tunes are before it."""


def last_line(tune: BookTune) -> int:
    """The last line of a tune."""
    return tune.line + tune.text.count("\n") - 1


def reference_of(tune: BookTune) -> str:
    """The value of X:, if the tune begins with that."""
    first = tune.text.partition("\n")[0]
    return first[2:].partition("%")[0].strip() if first.startswith("X:") else ""


@dataclass(frozen=True, slots=True)
class _CheckedTune:
    """What was found in a tune when it began at `line`, its `written_music`, and what was asked for.

    That is X: numbers and the music of tunes before it.
    """

    line: int
    findings: tuple[Diagnostic, ...]
    music: str
    asked: Mapping[str, int | None] | None
    asked_music: Mapping[str, int | None] | None

    def holds(self, references: Mapping[str, int], music: Mapping[str, int]) -> bool:
        """Whether the answers would be the same now."""
        return _same_answers(self.asked, references) and _same_answers(self.asked_music, music)

    def findings_from(self, line: int) -> tuple[Diagnostic, ...]:
        """What is found if the tune begins at another line; places in the file header stay."""
        shift = line - self.line
        if not shift:
            return self.findings
        return tuple(
            replace(each, span=_shifted(each.span, shift)) if each.line >= self.line else each
            for each in self.findings
        )


def _shifted(span: Span, lines: int) -> Span:
    return replace(span, line=span.line + lines, end_line=span.end_line + lines)


def _checked(
    tune: BookTune,
    header: str,
    codes: frozenset[str],
    references: Mapping[str, int],
    music: Mapping[str, int],
) -> _CheckedTune:
    numbers, played = _WatchedLines(references), _WatchedLines(music)
    found = check_tune(
        tune.text,
        tune.line,
        header,
        codes,
        numbers,
        rejoined=tune.rejoined,
        music_before=played,
    )
    return _CheckedTune(tune.line, found, written_music(tune.text), numbers.asked, played.asked)


def _same_answers(asked: Mapping[str, int | None] | None, lines: Mapping[str, int]) -> bool:
    return asked is not None and all(lines.get(key) == line for key, line in asked.items())


class _WatchedLines(Mapping[str, int]):
    """X: numbers or music, each with its line, and a record of what was asked of them.

    The record is None once somebody has looked at all of them.
    """

    def __init__(self, lines: Mapping[str, int]) -> None:
        self._lines = lines
        self.asked: dict[str, int | None] | None = {}

    def __bool__(self) -> bool:
        return True  # so that nobody has to count them

    def __getitem__(self, key: str) -> int:
        line = self._lines.get(key)
        if self.asked is not None:
            self.asked[key] = line
        if line is None:
            raise KeyError(key)
        return line

    def __iter__(self) -> Iterator[str]:
        self.asked = None
        return iter(self._lines)

    def __len__(self) -> int:
        self.asked = None
        return len(self._lines)
