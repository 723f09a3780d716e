"""Going to the tunes that one repeats or varies, and giving a tune another number."""

import sys

import pytest
from lsprotocol.types import Location, Position

from tuneloom.grammar.errors import UsageError
from tuneloom.lsp.document_text import DocumentText
from tuneloom.lsp.open_book import OpenBook
from tuneloom.lsp.relatives import (
    Sketches,
    number_range,
    original_of,
    relatives_of,
    renumbering,
)

URI = "file:///book.abc"
MELODY = "ABcd efga|bagf edcB|AcBd ceda|fdec dBAG|ABcd efga|bagf edcB|AcBd ceda|fdec d4|]\n"
OTHER = "G2GA B2d2|e2d2 B2A2|G2B2 d2g2|f2e2 d4|c2ce d2B2|A2Ac B2G2|F2A2 D2F2|G8|]\n"
HEADER = "M:4/4\nL:1/8\nK:D\n"
BOOK = f"X:1\nT:One\n{HEADER}{MELODY}\nX:2\nT:Two\n{HEADER}{OTHER}\nX: 3 % again\nT:Three\n{HEADER}{MELODY}"


def opened(text: str = BOOK) -> OpenBook:
    return OpenBook(DocumentText(text))


def lines_of(found: list[Location]) -> list[int]:
    return [each.range.start.line for each in found]


def test_the_definition_of_a_copy_is_the_tune_that_it_repeats() -> None:
    sketches = Sketches()
    found = original_of(URI, opened(), Position(19, 3), sketches)
    assert found is not None
    assert (found.uri, found.range.start.line) == (URI, 0)
    assert original_of(URI, opened(), Position(0, 0), sketches) is None
    assert original_of(URI, opened(), Position(8, 0), sketches) is None
    assert original_of(URI, opened("words"), Position(0, 0), sketches) is None


def test_the_references_of_a_tune_are_its_family() -> None:
    sketches = Sketches()
    for line in (3, 17):
        assert lines_of(relatives_of(URI, opened(), Position(line, 0), sketches, True)) == [0, 14]
    assert lines_of(relatives_of(URI, opened(), Position(3, 0), sketches, False)) == [14]
    assert relatives_of(URI, opened(), Position(8, 0), sketches, True) == []


def test_only_a_tune_that_changed_is_sketched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sketches = Sketches()
    sketches.families(opened())
    sketched: list[int] = []

    def sketch_text(_text: str, line: int, _header: str) -> None:
        sketched.append(line)

    monkeypatch.setattr("tuneloom.corpus.sketch.sketch_text", sketch_text)
    sketches.families(opened(BOOK.replace("T:Two", "T:Second")))
    assert sketched == [8]


def test_without_the_libraries_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.delitem(sys.modules, "tuneloom.corpus.kinship.relatives", raising=False)
    with pytest.raises(UsageError, match=r"pip install 'tuneloom\[data\]'"):
        Sketches().families(opened())


def test_a_number_is_renamed_where_it_is() -> None:
    open_book = opened()
    place = number_range(open_book, Position(14, 0))
    assert place is not None
    assert place[1] == "3"
    [edit] = renumbering(open_book, Position(14, 1), "30")
    assert open_book.lines.edited(edit.range, edit.new_text).line(14) == "X: 30 % again"
    assert number_range(open_book, Position(15, 0)) is None


@pytest.mark.parametrize(
    ("line", "number", "message"),
    [
        (14, "2", "the tune at line 8 has the number 2"),
        (14, "three", "is no number of a tune"),
        (15, "4", "only the number of a tune"),
    ],
)
def test_a_number_that_cannot_be_given_is_refused(line: int, number: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        renumbering(opened(), Position(line, 0), number)
