"""New numbers for the tunes of a book, and nothing else that changes."""

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.support.books import books
from tuneloom.grammar import is_parseable, parse, read_book
from tuneloom.grammar.editing.book_sections import split_book
from tuneloom.grammar.editing.edited_book import EditedBook
from tuneloom.grammar.editing.numbering import numbered_text, renumber_book

BOOK = b"""X: 7 % from Clare
T:One
K:D
A|

T:Two
K:D
A|
X:4
T:Bad
K:D
kkk|

X:7
K:G
G|

X:4
K:G
G|
"""


def renumbered(data: bytes, start: int | None = None, only_duplicates: bool = False) -> EditedBook:
    return renumber_book(split_book(data, read_book(data)), start, only_duplicates)


def numbers(data: bytes) -> list[bytes]:
    return re.findall(rb"^X: ?(\d+)", data, re.MULTILINE)


def test_tunes_are_numbered_in_order_around_those_that_are_not_parseable() -> None:
    edited = renumbered(BOOK)
    assert numbers(edited.data) == [b"1", b"2", b"4", b"3", b"5"]
    assert edited.data.startswith(b"X: 1 % from Clare\nT:One\n")
    assert b"\nX:2\nT:Two\n" in edited.data
    [problem] = edited.problems
    assert (problem.code, problem.line) == ("unknown-letter", 12)


def test_numbers_may_start_elsewhere() -> None:
    assert numbers(renumbered(BOOK, 100).data) == [b"100", b"101", b"4", b"102", b"103"]


def test_only_numbers_that_are_missing_or_repeated_change_on_request() -> None:
    edited = renumbered(BOOK, only_duplicates=True)
    assert numbers(edited.data) == [b"7", b"8", b"4", b"9", b"10"]
    assert edited.notes == (
        "3 tunes got new numbers: X:8 had none, X:7 became X:9, X:4 became X:10",
    )
    assert numbers(renumbered(BOOK, 2, only_duplicates=True).data) == [b"7", b"2", b"4", b"3", b"5"]


def test_runs_of_numbers_are_told_as_one() -> None:
    data = b"\n".join(b"X:%d\nK:C\nC|\n" % number for number in (1, 2, 1, 2))
    [note] = renumbered(data, only_duplicates=True).notes
    assert note == "2 tunes got new numbers: X:1 to X:2 became X:3 to X:4"


def test_of_many_runs_of_numbers_the_first_are_told() -> None:
    data = b"\n".join(
        b"X:%d\nK:C\nC|\n" % number for number in (*range(0, 20, 2), *range(0, 20, 2))
    )
    [note] = renumbered(data, only_duplicates=True).notes
    assert note.startswith("10 tunes got new numbers: X:0 became X:19, X:2 became X:20, ")
    assert note.endswith("X:6 became X:22, and 6 more")


def test_a_number_that_is_none_is_replaced() -> None:
    assert numbered_text("X:one % so\nK:C\n", 3) == "X:3 % so\nK:C\n"
    assert numbered_text("X:\nK:C\n", 3) == "X:3\nK:C\n"


@given(books(), st.none() | st.integers(1, 50), st.booleans())
def test_nothing_but_numbers_changes(data: bytes, start: int | None, only: bool) -> None:
    book = read_book(data)
    after = renumbered(data, start, only).data
    again = read_book(after)
    for before, tune in zip(book.tunes, again.tunes, strict=True):
        if is_parseable(before.text, book.header):
            one, other = (parse(each.text, 1, book.header) for each in (before, tune))
            assert one.parseable
            assert other.parseable
            assert one.tune.voices == other.tune.voices
            assert without_number(before.text) == without_number(tune.text)
        elif before.text.startswith("X:") and re.match(r"X:\d", before.text):
            assert before.text == tune.text
    found = Counter(
        tune.text.split("\n")[0] for tune in again.tunes if is_parseable(tune.text, again.header)
    )
    assert set(found.values()) <= {1}


def without_number(text: str) -> str:
    return re.sub(r"\AX:.*\n", "", text)
