"""The check that an edited book is read as it was meant."""

import pytest

from tuneloom.grammar.editing.edited_book import check_read_again
from tuneloom.grammar.errors import UsageError

TUNES = ["X:1\nK:C\nC|\n", "X:2\nK:D\nD|\n"]
BOOK = b"X:2\nK:D\nD|\n% about one\nX:1\nK:C\nC|\n"


def test_tunes_in_another_order_are_the_same_and_comments_go_with_the_tune_below() -> None:
    check_read_again(BOOK, "utf-8", "", TUNES, [])


@pytest.mark.parametrize(
    ("after", "problem"),
    [
        (b"L:1/4\n\n" + BOOK, "would apply to all tunes"),
        (BOOK.replace(b"C|", b"c|"), "no longer be read"),
        (BOOK + b"\nMore|abc|\n\nabc|abc|\n", "no longer be read"),
        ("X:1\nT:é\nK:C\n".encode("cp1252"), "it would be read as cp1252 and no longer as utf-8"),
    ],
)
def test_anything_else_is_refused(after: bytes, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        check_read_again(after, "utf-8", "", TUNES, [])
