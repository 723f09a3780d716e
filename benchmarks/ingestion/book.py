"""Whether sorting, renumbering, extracting and merging books keeps the music of every tune.

python -m benchmarks book [COLLECTION...]

A tune that is parseable must have the same fields, voices, bars and notes after each, but for X:; any other
the same text. In `extracted, merged` a book is divided into its reels and the rest, and these are merged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from functools import cache
from pathlib import Path

from benchmarks.support.real_tunes import real_files
from tuneloom.grammar import Book, parse, read_book
from tuneloom.grammar.editing.book_sections import TuneSection, split_book
from tuneloom.grammar.editing.joining import BookPart, in_one_charset, join_parts
from tuneloom.grammar.editing.merging import merge_parts
from tuneloom.grammar.editing.numbering import renumber_book
from tuneloom.grammar.editing.ordering import SORT_FIELDS, sort_book
from tuneloom.grammar.editing.tune_facts import header_facts
from tuneloom.grammar.errors import UsageError

QUICK = ["irish"]
COLLECTIONS = ("nottingham", "nottingham-cleaned", "taberna", "irish", "oneill")
CHECKS = ("sorted", "renumbered", "extracted, merged", "all merged")

Music = Counter[Hashable]


def main(arguments: Sequence[str] = ()) -> bool:
    """Print a table; False if a tune is not the same."""
    print(f"{'':<20}{'books':>7}{'tunes':>9}" + "".join(f"{check:>19}" for check in CHECKS))
    good = True
    for name in arguments or COLLECTIONS:
        found = (Path(file.location).read_bytes() for file in real_files([name]))
        books = [data for data in found if read_book(data).tunes]
        checked = [_check_book(data) for data in books]
        kept = Counter(check for checks in checked for check, same in checks.items() if same)
        kept["all merged"] = int(_all_merged(books))
        tunes = sum(len(read_book(data).tunes) for data in books)
        wanted = {check: 1 if check == "all merged" else len(books) for check in CHECKS}
        cells = "".join(f"{f'{kept[check]} of {wanted[check]}':>19}" for check in CHECKS)
        print(f"{name:<20}{len(books):>7,}{tunes:>9,}{cells}", flush=True)
        good &= all(kept[check] == wanted[check] for check in CHECKS)
    return good


def _check_book(data: bytes) -> dict[str, bool]:
    book = read_book(data)
    sections = split_book(data, book)
    music = _music_of(book)
    return {
        "sorted": all(
            _music_of(read_book(sort_book(sections, [by]).data)) == music for by in SORT_FIELDS
        ),
        "renumbered": _music_of(read_book(renumber_book(sections).data)) == music,
        "extracted, merged": _music_of(read_book(_divided_and_merged(data, book))) == music,
    }


def _divided_and_merged(data: bytes, book: Book) -> bytes:
    sections = split_book(data, book)
    reels: list[TuneSection] = []
    others: list[TuneSection] = []
    for section in sections.tunes:
        rhythm = header_facts(section.tune.text, book.header).rhythm
        (reels if rhythm == "reel" else others).append(section)
    parts = [
        _whole_book(join_parts([BookPart("a book", sections, tuple(chosen), with_text=False)]).data)
        for chosen in (reels, others)
        if chosen
    ]
    return merge_parts(in_one_charset(parts)[0]).data


def _all_merged(books: Sequence[bytes]) -> bool:
    """Whether all tunes are in one book of them all."""
    try:
        merged = merge_parts([_whole_book(data) for data in books])
    except UsageError as error:
        print(error)
        return False
    return _music_of(read_book(merged.data)) == sum(
        (_music_of(read_book(data)) for data in books), Music()
    )


def _whole_book(data: bytes) -> BookPart:
    sections = split_book(data, read_book(data))
    return BookPart("a book", sections, sections.tunes, with_text=True)


def _music_of(book: Book) -> Music:
    return Music(_meaning(tune.text, book.header) for tune in book.tunes)


@cache
def _meaning(text: str, header: str) -> Hashable:
    """What must stay the same of a tune."""
    parsed = parse(text, 1, header)
    if not parsed.parseable:
        return "\n".join(_lines_without_comments(text))
    tune = parsed.tune
    return tuple(field for field in tune.fields if field.letter != "X"), tune.voices


def _lines_without_comments(text: str) -> Iterator[str]:
    """The lines of a tune; a comment above the next tune goes with that."""
    yield from (line for line in text.splitlines() if line[:1] != "%" or line[:2] == "%%")
