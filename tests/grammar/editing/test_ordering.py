"""The order of an index, and books whose tunes are put in another order."""

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.books import books
from tuneloom.grammar import Tune, parse, read_book
from tuneloom.grammar.editing.book_sections import split_book
from tuneloom.grammar.editing.ordering import SORT_FIELDS, SortField, sort_book, title_key
from tuneloom.grammar.errors import UsageError

COMMENTS_AT_END = re.compile(r"(?:%(?!%).*\n)+\Z")  # which go with the tune below


def sorted_bytes(data: bytes, *fields: SortField) -> bytes:
    return sort_book(split_book(data, read_book(data)), fields).data


def sorted_values(letter: str, values: list[str], by: SortField) -> list[str]:
    """The values of a field after sorting a book of tunes that have it, shuffled."""
    shuffled = Random(0).sample(values, len(values))
    first = "" if letter == "X" else "X:1\n"
    last = "" if letter == "K" else "K:C\n"
    text = "\n".join(f"{first}{letter}:{value}\n{last}C|\n" for value in shuffled)
    tunes = read_book(sorted_bytes(text.encode(), by)).tunes
    return [tune.text.removeprefix(first).split("\n")[0][2:] for tune in tunes]


def test_titles_are_sorted_as_in_an_index() -> None:
    in_order = [
        "2nd Regiment, The", "The 10th of June", "A Ár nAthair", "Aran Boat Song", "Böhmer", "Bohmerwald",
        "The Kesh", "Kesh Jig, The", "O'Neill", "Oneill’s March", "Østerdal", "An Paistin", "Zounds",
    ]  # fmt: skip
    assert sorted_values("T", in_order, "title") == in_order


def test_an_article_alone_is_a_title() -> None:
    assert title_key("The") != ()
    assert title_key("A") != ()


def test_tunes_without_the_field_come_last() -> None:
    data = b"X:1\nK:C\nC|\n\nX:2\nR:reel\nK:C\nC|\n"
    assert sorted_bytes(data, "rhythm").startswith(b"X:2")


def test_keys_metres_and_numbers_have_the_order_of_musicians() -> None:
    keys = ["Ab", "A", "Am", "Ador", "Amix", "Bb", "B", "C", "F", "F#m", "G", "none"]
    assert sorted_values("K", keys, "key") == keys
    metres = ["2/4", "3/4", "4/4", "6/8", "9/8", "12/8", "none"]
    assert sorted_values("M", metres, "meter") == metres
    assert sorted_values("X", ["2", "10", "999999", "x"], "number") == ["2", "10", "999999", "x"]


def test_tunes_that_are_equal_stay_in_order() -> None:
    data = b"X:9\nT:B\nR:reel\nK:C\nC|\n\nX:5\nT:A\nR:Reel\nK:C\nC|\n\nX:7\nR:jig\nK:C\nC|\n"
    by_rhythm = [tune.text[:3] for tune in read_book(sorted_bytes(data, "rhythm")).tunes]
    assert by_rhythm == ["X:7", "X:9", "X:5"]
    by_both = [tune.text[:3] for tune in read_book(sorted_bytes(data, "rhythm", "title")).tunes]
    assert by_both == ["X:7", "X:5", "X:9"]


def test_what_separates_tunes_stays_and_text_goes_with_the_tune_below() -> None:
    data = b"X:2\nK:C\nC|\n\n\n% one\nX:1\nK:D\nD|"
    assert sorted_bytes(data, "number") == b"\n% one\nX:1\nK:D\nD|\n\n\nX:2\nK:C\nC|"


def test_an_empty_line_is_added_where_text_would_become_part_of_a_tune() -> None:
    data = b"X:2\nK:C\nC|\nX:3\nK:C\nC|\n\n%%center One\n\nX:1\nK:D\nD|\n"
    assert sorted_bytes(data, "number") == (
        b"\n%%center One\n\nX:1\nK:D\nD|\nX:2\nK:C\nC|\n\nX:3\nK:C\nC|\n"
    )


def test_a_directive_that_would_come_to_apply_to_all_tunes_is_refused() -> None:
    data = b"%%scale 0.7\nX:2\nK:C\nC|\n\nSome words\n\nX:1\nK:D\nD|\n"
    with pytest.raises(UsageError, match="would apply to all tunes"):
        sorted_bytes(data, "number")


@given(books(), st.permutations(SORT_FIELDS))
def test_sorting_keeps_every_tune_and_all_text(data: bytes, fields: list[SortField]) -> None:
    try:
        after = sorted_bytes(data, *fields)
    except UsageError:
        return
    assert sorted_bytes(after, *fields) == after
    assert words(after) == words(data)
    assert music(after) == music(data)


def words(data: bytes) -> Counter[str]:
    return Counter(data.decode(read_book(data).charset).replace("\ufeff", "").split())


def music(data: bytes) -> Counter[Tune | str]:
    """The tunes that parse, and the text of the others."""
    book = read_book(data)
    parsed = [(tune, parse(tune.text, 1, book.header)) for tune in book.tunes]
    return Counter(
        result.tune if result.parseable else COMMENTS_AT_END.sub("", tune.text)
        for tune, result in parsed
    )


@pytest.mark.parametrize("name", ["nottingham/ABC_original/jigs.abc", "taberna/k.abc"])
def test_real_books_are_sorted_with_every_tune(corpora: Path, name: str) -> None:
    data = (corpora / name).read_bytes()
    after = sorted_bytes(data, "rhythm", "title")
    assert words(after) == words(data)
    assert music(after) == music(data)
