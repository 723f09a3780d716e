"""Random tunebooks, with free text, typeset text and charsets, and what must be the same after formatting."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from contextlib import suppress

from tuneloom.cli.text.formatting import FormatOptions, format_book
from tuneloom.grammar import parse, read_book
from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.editing.book_sections import split_book
from tuneloom.grammar.editing.joining import BookPart
from tuneloom.grammar.editing.merging import merge_parts
from tuneloom.grammar.errors import UsageError

__all__ = ["BOOK_TRIALS", "BookTrial", "book_to_train_on", "random_book"]

_BETWEEN = (
    "", "Words  between.  \n", "%%text words \n", "%%begintext \nA1 |\n\nX: 9\nK:D major\n%%endtext \n",
    "%%beginps\n(A) show\n%%endps\t\n", "%%begintext\nnever ended\n", "% comment \n", "C: by me \nM: 3/4 \n",
    "| --- | :-: |\n", "```abc\n", "<br>", "\ufeff", "%%abc-charset utf-8\n", "\x1a", "\x0c", "\n",
)  # fmt: skip
_CHARSETS = ("utf-8", "utf-8", "cp1252", "iso8859-2", "koi8-r", "mac-roman", "utf-16")


def random_book(tunes: list[bytes], randomly: random.Random) -> bytes:
    """A book of some tunes, with text and line ends of all kinds, in some charset."""
    charset = randomly.choice(_CHARSETS)
    parts = [f"%%abc-charset {charset}\n" if randomly.random() < 0.5 else ""]
    for tune in tunes:
        text = tune.decode("utf-8", "replace")
        lines = text.split("\n")
        if randomly.random() < 0.3:
            lines.insert(randomly.randrange(len(lines) + 1), randomly.choice(_BETWEEN).rstrip("\n"))
        parts += [randomly.choice(_BETWEEN), randomly.choice(["", "\n"]), "\n".join(lines), "\n"]
    text = "".join(parts)
    if randomly.random() < 0.3:
        text = text.replace("\n", randomly.choice(["\r\n", "\r"]))
    return text.encode(charset, "replace")


def book_to_train_on() -> str:
    """A hundred tunes that have nothing in common."""
    randomly = random.Random(0)
    bars = ["".join(randomly.choices("ABcdefg", k=8)) + "|" for _ in range(800)]
    tunes = (f"X:{n}\nT:t\nM:4/4\nL:1/8\nK:D\n{''.join(bars[n::100])}\n\n" for n in range(100))
    return "".join(tunes)


def _try_formatting_book(data: bytes) -> None:
    """Format a book and read it again: tunes, other text and charset are the same, and so are both times."""
    before = read_book(data)
    edited = format_book(data, before, FormatOptions())
    after = read_book(edited.data)
    assert after.charset == before.charset, "the charset changed"
    assert after.header == before.header, "the header of the file changed"
    assert len(after.tunes) == len(before.tunes), "a tune more or less"
    assert _kept_lines(data) == _kept_lines(edited.data), "text between tunes changed"
    for old, new in zip(before.tunes, after.tunes, strict=True):
        assert new.line == old.line, "a tune moved"
        parsed, again = parse(old.text, 1, before.header), parse(new.text, 1, after.header)
        assert parsed.parseable == again.parseable, "the formatted tune is not what it was"
        if parsed.parseable and again.parseable:
            assert musically_equal(parsed.tune, again.tune), "formatting changed the music"
        else:
            assert new.text == old.text, "a tune changed that is not parseable"
    twice = format_book(edited.data, after, FormatOptions())
    assert twice.data == edited.data, "formatting twice changes something"


def _kept_lines(data: bytes) -> list[str]:
    """The lines of a book that are in no tune, or in its typeset text."""
    book = read_book(data)
    lines = data.decode(book.charset).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for tune in book.tunes:
        for index, line in enumerate(tune.text.rstrip("\n").split("\n"), tune.line - 1):
            if not line.startswith("%%%"):
                lines[index] = ""
    return lines


def _try_repairing_book(data: bytes) -> None:
    """Repair a book: what is typeset in it stays, and no tune is lost."""
    before = read_book(data)
    edited = format_book(data, before, FormatOptions(repair=True, unsafe=True))
    after = read_book(edited.data)
    assert len(after.tunes) >= len(before.tunes), "a repair lost a tune"
    assert after.charset == before.charset, "a repair changed the charset"


def _try_merging_book(data: bytes) -> None:
    """Merge a book with itself: no tune is lost, and all are read, unless it is refused."""
    sections = split_book(data, read_book(data))
    assert sections.joined() == data, "the sections of a book are not all of it"
    part = BookPart("a book", sections, sections.tunes, with_text=True)
    with suppress(UsageError):
        merged = merge_parts([part, part])
        assert len(read_book(merged.data).tunes) == 2 * len(sections.tunes), "merging lost a tune"


BookTrial = Callable[[bytes], None]
"""Does something with the bytes of a book; fails an assertion or raises."""

BOOK_TRIALS: Mapping[str, BookTrial] = {
    "format": _try_formatting_book,
    "repair": _try_repairing_book,
    "merge": _try_merging_book,
}
"""What is done with a book, by name."""
