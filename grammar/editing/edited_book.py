"""What becomes of a book that is edited, and the check that nothing in it was lost."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.source.book import Book, read_book

__all__ = ["EditedBook", "check_rearranged"]

_COMMENTS_AT_END = re.compile(r"(?<=\n)(?:%(?!%)[^\n]*\n)+\Z")


@dataclass(frozen=True, slots=True)
class EditedBook:
    """The new bytes of a book, with their charset.

    `problems` say why some tunes stay as they are, `repairs` how many tunes were repaired by code, and
    `notes` what else a person should know.
    """

    data: bytes
    charset: str
    problems: tuple[Diagnostic, ...] = ()
    repairs: Counter[str] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()


def check_rearranged(before: Book, after: bytes) -> None:
    """Check that a book with its tunes in another order has the same header, tunes and stray music.

    Raises:
        UsageError: it has not; the message begins with what was found.
    """
    book = read_book(after)
    if (before.charset, before.header) != (book.charset, book.header):
        raise UsageError(
            "other fields or directives would apply to all tunes; "
            "put an empty line after the file header, or before what is none"
        )
    if _tune_texts(before) != _tune_texts(book):
        raise UsageError("the tunes would not be read as they are now")


def _tune_texts(book: Book) -> Counter[str]:
    """The tunes and stray passages, without the comments that belong to the tune below."""
    return Counter(_COMMENTS_AT_END.sub("", found.text) for found in (*book.tunes, *book.orphans))
