"""A book is checked tune by tune, in one process or in several."""

from tuneloom.grammar.checking.check_book import check_book
from tuneloom.grammar.source.book import Book, read_book

Found = list[tuple[int, str]]


def book_of(count: int) -> Book:
    """A book in which every seventh tune has a bar that is too short, and the last is a copy of the first."""
    tunes = [
        f"X:{number}\nT:Air\nM:4/4\nL:1/4\nK:C\n{'CDEFGAB'[number % 7]}DEF|{'cdefgab'[number // 7 % 7]}"
        f"{'CDEFGAB'[number // 49 % 7]}E{'F' if number % 7 else ''}|C4|]\n"
        for number in range(1, count)
    ]
    return read_book("\n".join([*tunes, tunes[0]]).encode())


def places(book: Book, workers: int) -> Found:
    return [(d.line, d.code) for _, found in check_book(book, workers=workers) for d in found]


def test_what_a_tune_repeats_of_those_before_it_is_found() -> None:
    book = read_book(b"X:1\nT:A\nK:C\nCDEF|\n\n X : 1\nT:B\nK:D\nDEFG|\n\nX:2\nT:C\nK:C\nCDEF|\n")
    codes = [{d.code for d in found} for _, found in check_book(book)]
    assert "duplicate-reference" in codes[1]
    assert "copied-tune" in codes[2]


def test_several_processes_find_what_one_does() -> None:
    book = book_of(330)
    one = places(book, workers=1)
    assert {code for _, code in one} >= {"bar-length", "copied-tune", "duplicate-reference"}
    assert places(book, workers=2) == one
