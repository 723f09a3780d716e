"""The numbers of tunes, X:, in a book: which are taken, and new ones for some tunes or all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from tuneloom.grammar.counts import count_of
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.editing.book_sections import BookSections
from tuneloom.grammar.editing.edited_book import EditedBook, check_read_again
from tuneloom.grammar.editing.tune_facts import header_facts
from tuneloom.grammar.editing.tune_text import edited_data
from tuneloom.grammar.parsing.parser import is_parseable, parse

__all__ = ["NewNumbers", "number_changes", "numbered_text", "renumber_book"]

_REFERENCE = re.compile(r"[ \t]*X[ \t]*:[ \t]*")

_TOLD_RUNS = 4


class NewNumbers(Struct):
    """Gives out numbers from `following` on that are not taken."""

    taken: set[int]
    following: int

    def next(self) -> int:
        """A number that no tune has; it is taken from now on."""
        while self.following in self.taken:
            self.following += 1
        self.taken.add(self.following)
        return self.following


class _NumberedSection(Struct, frozen=True):
    """A tune with the number it has; `readable` once it has any."""

    text: str
    number: int | None
    readable: bool


def renumber_book(
    sections: BookSections, start: int | None = None, only_duplicates: bool = False
) -> EditedBook:
    """Number the tunes from `start`, by default 1; or only those whose number is missing or repeated.

    These get numbers after the last by default. Tunes that are not parseable keep theirs, which no other
    tune gets then.
    """
    book = sections.book
    tunes = [_numbered_section(section.tune.text, book.header) for section in sections.tunes]
    kept = _kept_numbers(tunes, only_duplicates)
    taken = {number for number in kept if number is not None}
    after_last = max(taken, default=0) + 1 if only_duplicates else 1
    new = NewNumbers(taken, after_last if start is None else start)
    texts: list[str] = []
    changes: list[tuple[int | None, int]] = []
    for tune, number in zip(tunes, kept, strict=True):
        if number is None and tune.readable:
            changes.append((tune.number, new.next()))
            texts.append(numbered_text(tune.text, changes[-1][1]))
        else:
            texts.append(tune.text)
    data = sections.with_data(
        {
            index: edited_data(section, text, book.charset, sections.line_end)
            for index, (section, text) in enumerate(zip(sections.tunes, texts, strict=True))
            if text != section.tune.text
        }
    )
    check_read_again(data, book.charset, book.header, texts, book.orphans)
    notes = (number_changes(changes),) if only_duplicates and changes else ()
    return EditedBook(data, book.charset, tuple(_problems(sections, tunes)), notes=notes)


def _kept_numbers(tunes: Sequence[_NumberedSection], only_duplicates: bool) -> list[int | None]:
    """The number that each tune keeps, or None: that of a tune that is not parseable, and first ones."""
    taken = {tune.number for tune in tunes if not tune.readable}
    kept: list[int | None] = []
    for tune in tunes:
        is_first = only_duplicates and tune.number not in taken
        kept.append(tune.number if is_first or not tune.readable else None)
        taken.add(tune.number)
    return kept


def numbered_text(text: str, number: int) -> str:
    """A tune with another number; a comment after it stays."""
    match = _REFERENCE.match(text)
    if match is None:
        return f"X:{number}\n{text}"
    line, end, others = text[match.end() :].partition("\n")
    before_comment = line.partition("%")[0]
    after = line[len(before_comment.rstrip()) :]
    return f"{match[0]}{number}{after}{end}{others}"


def number_changes(changes: Sequence[tuple[int | None, int]]) -> str:
    """`2 tunes got new numbers: X:1 to X:2 became X:8 to X:9`; None is a tune without a number.

    Of many runs of numbers the first few are told.
    """
    runs: list[list[tuple[int | None, int]]] = []
    for change in changes:
        last = runs[-1][-1] if runs else None
        if last and change == _after(last):
            runs[-1].append(change)
        else:
            runs.append([change])
    number = "a new number" if len(changes) == 1 else "new numbers"
    told = [_run_of_changes(run) for run in runs[:_TOLD_RUNS]]
    if others := sum(map(len, runs[_TOLD_RUNS:])):
        told.append(f"and {others:,} more")
    return f"{count_of(len(changes), 'tune')} got {number}: {', '.join(told)}"


def _after(change: tuple[int | None, int]) -> tuple[int | None, int]:
    before, number = change
    return None if before is None else before + 1, number + 1


def _run_of_changes(run: Sequence[tuple[int | None, int]]) -> str:
    (before, number), (last_before, last_number) = run[0], run[-1]
    new = _range(number, last_number)
    return (
        f"{new} had none"
        if before is None or last_before is None
        else f"{_range(before, last_before)} became {new}"
    )


def _range(first: int, last: int) -> str:
    return f"X:{first}" if first == last else f"X:{first} to X:{last}"


def _numbered_section(text: str, header: str) -> _NumberedSection:
    number = header_facts(text, header).number
    wanted = text if number is not None else numbered_text(text, 1)
    return _NumberedSection(text, number, is_parseable(wanted, header))


def _problems(sections: BookSections, tunes: Iterable[_NumberedSection]) -> Iterable[Diagnostic]:
    """What is wrong with the tunes that keep their numbers because they are not parseable."""
    header = sections.book.header
    for section, tune in zip(sections.tunes, tunes, strict=True):
        if not tune.readable:
            yield parse(section.tune.text, section.tune.line, header).diagnostics[0]
