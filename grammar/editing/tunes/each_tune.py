"""Edits the tunes of a book one by one; a tune that cannot be edited keeps its bytes."""

from __future__ import annotations

from collections.abc import Callable

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.editing.book_sections import split_book
from tuneloom.grammar.editing.edited_book import EditedBook, TuneLeft, check_read_again
from tuneloom.grammar.editing.tune_text import edited_data
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.source.book import Book
from tuneloom.grammar.source.source_edits import FIRST_LINE

__all__ = ["CannotEdit", "TuneEdit", "edit_tunes"]

TuneEdit = Callable[[ParsedTune, str, str], str]
"""From a tune that was parsed from line `FIRST_LINE`, its text and the file header to its new text."""


class CannotEdit(Exception):
    """Why a tune cannot be edited, in words that follow its place."""


def edit_tunes(data: bytes, book: Book, edit: TuneEdit) -> EditedBook:
    """Edit each tune that is parseable; lines that an edit leaves keep their bytes.

    Raises:
        UsageError: the tunes would be read as others than they were written.
    """
    sections = split_book(data, book)
    changed: dict[int, bytes] = {}
    texts = [tune.text for tune in book.tunes]
    problems: list[Diagnostic] = []
    left: list[TuneLeft] = []
    for index, section in enumerate(sections.tunes):
        text, line = section.tune.text, section.tune.line
        parsed = parse(text, FIRST_LINE, book.header)
        if not parsed.parseable:
            problems += parse(text, line, book.header).diagnostics[:1]
            continue
        try:
            new = edit(parsed, text, book.header)
        except CannotEdit as reason:
            left.append(TuneLeft(line, str(reason)))
            continue
        if new != text:
            changed[index] = edited_data(section, new, book.charset, sections.line_end)
            texts[index] = new + texts[index][len(text) :]
    edited = sections.with_data(changed)
    if changed:
        check_read_again(edited, book.charset, book.header, texts, book.orphans)
    return EditedBook(edited, book.charset, tuple(problems), left=tuple(left))
