"""The file header is no part of a tune: its fields are not what the rules find out of place."""

from __future__ import annotations

from tuneloom.grammar import read_book
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.checking.levels import codes_of_level

TUNE = "X:1\nT:A tune\nM:4/4\nL:1/8\nK:D\nABcd efga|]\n"


def findings(text: str) -> list[tuple[str, int]]:
    book = read_book(text.encode())
    codes = codes_of_level("strict")
    return [
        (d.code, d.line)
        for tune in book.tunes
        for d in check_tune(tune.text, tune.line, book.header, codes)
    ]


def test_a_good_tune_stays_good_under_a_file_header() -> None:
    assert findings(f"C:Trad.\nO:Ireland\n%%scale 1\n\n{TUNE}\n{TUNE.replace('X:1', 'X:2')}") == []


def test_a_title_that_comes_late_is_found_at_its_own_line() -> None:
    assert findings("C:Trad.\n\nX:1\nM:4/4\nT:Late\nK:D\nA|\n") == [("field-order", 5)]


def test_a_remark_between_number_and_title_is_no_field() -> None:
    assert findings("X:1\n% a remark\n%%scale 1\nT:A tune\nM:4/4\nK:D\nA|\n") == []
