"""What an editor offers to write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, TextEdit

from tuneloom.lsp.completion import completions
from tuneloom.lsp.document_text import DocumentText
from tuneloom.lsp.open_book import OpenBook

TUNE = 'X:1\nT:One\nR:set dance\nK:D\n"A7"A"D"B"D"c|\n'


def offered(last: str, before: str = TUNE) -> list[tuple[str, str]]:
    """The labels for the end of a line after a tune, each with the line as it would be."""
    lines = DocumentText(before + last)
    items = completions(OpenBook(lines), lines.position(len(lines), len(last) + 1))
    found = []
    for item in items:
        assert isinstance(item.text_edit, TextEdit)
        after = lines.edited(item.text_edit.range, item.text_edit.new_text)
        found.append((item.label, after.line(len(lines) - 1)))
    return found


@pytest.mark.parametrize(
    ("last", "label", "line"),
    [
        ("", "K:", "K:"),
        ("K", "K:", "K:"),
        ("K:E", "Em", "K:Em"),
        ("M: ", "6/8", "M: 6/8"),
        ("ABc [K:G", "Gm", "ABc [K:Gm"),
        ("ABc [", "M:", "ABc [M:"),
        ("ABc !tr", "trill", "ABc !trill!"),
        ("!trill!ABc !", "D.C.alfine", "!trill!ABc !D.C.alfine!"),
        ('A "', "D", 'A "D"'),
        ("% tuneloom: ignore bar-l", "bar-length", "% tuneloom: ignore bar-length"),
        (
            "ABc % tuneloom: ignore tie-end, ",
            "bar-length",
            "ABc % tuneloom: ignore tie-end, bar-length",
        ),
    ],
)
def test_what_is_begun_is_completed(last: str, label: str, line: str) -> None:
    assert (label, line) in offered(last)


@pytest.mark.parametrize("last", ["% a comment K:", "ABc", 'A"D"', "!trill!", "A [CE", "T:One "])
def test_nothing_is_offered_where_nothing_can_be_known(last: str) -> None:
    assert offered(last) == []


def test_what_the_book_has_comes_first() -> None:
    rhythms = [label for label, _ in offered("R:")]
    assert rhythms[:2] == ["set dance", "jig"]
    assert [label for label, _ in offered('"')] == ["D", "A7"]


def test_fields_of_the_header_are_not_offered_in_the_body() -> None:
    assert "C:" not in [label for label, _ in offered("")]
    assert "C:" in [label for label, _ in offered("", before="X:1\nT:One\n")]


@given(st.integers(0, 6), st.integers(0, 12), st.text('KM:|[]"!%R ignore', max_size=8))
def test_every_place_of_any_text_can_be_asked_for(line: int, character: int, typed: str) -> None:
    completions(OpenBook(DocumentText(f"{TUNE}{typed}")), Position(line, character))
