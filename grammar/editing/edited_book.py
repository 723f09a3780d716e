"""What becomes of a book that is edited, and the check that nothing in it was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct, field

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.source.book import BookTune, read_book

__all__ = ["EditedBook", "TuneLeft", "check_read_again"]


class TuneLeft(Struct, frozen=True):
    """The line of a tune that is left as it is, and why."""

    line: int
    reason: str


class EditedBook(Struct, frozen=True):
    """The new bytes of a book, with their charset.

    `problems` say why some tunes are not parseable, `left` why others stay as they are, `repairs` how many
    tunes were repaired by code, and `notes` what else a person should know.
    """

    data: bytes
    charset: str
    problems: tuple[Diagnostic, ...] = ()
    repairs: Counter[str] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()
    left: tuple[TuneLeft, ...] = ()

    @property
    def text(self) -> str:
        """The book as text, without a byte-order mark."""
        return self.data.decode(self.charset).removeprefix("\ufeff")


def check_read_again(
    after: bytes,
    charset: str,
    header: str,
    tunes: Iterable[str],
    orphans: Iterable[BookTune] | None = None,
) -> None:
    """Check that an edited book is read as it is meant: with this file header, and these tunes in any order.

    `orphans` are the passages without a tune that it had, if they are known.

    Raises:
        UsageError: it is not; the message says what would change.
    """
    again = read_book(after)
    if again.charset != charset and not after.isascii():
        raise UsageError(
            f"it would be read as {again.charset} and no longer as {charset}; "
            "tuneloom format --to-utf8 leaves no doubt"
        )
    if again.header != header:
        raise UsageError(
            "other fields or directives would apply to all tunes; "
            "put an empty line after the file header, or before what is none"
        )
    known = orphans is not None
    expected = (*tunes, *(orphan.text for orphan in orphans or ()))
    found = (*again.tunes, *(again.orphans if known else ()))
    if _counted_texts(expected) != _counted_texts(each.text for each in found):
        raise UsageError(
            "the tunes would no longer be read as they are; a tune without X: may need one"
        )


def _counted_texts(texts: Iterable[str]) -> Counter[str]:
    """Texts without the comments at their end, which belong to the tune below."""
    return Counter(map(_without_comments_at_end, texts))


def _without_comments_at_end(text: str) -> str:
    lines = text.split("\n")
    while lines and (not lines[-1] or (lines[-1][0] == "%" and not lines[-1].startswith("%%"))):
        lines.pop()
    return "\n".join(lines)
