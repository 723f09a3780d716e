"""Positions of a client, counted in the units of its encoding, and edits of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position, PositionEncodingKind, Range

from tuneloom.lsp.document_text import DocumentText, LineEdit

ENCODINGS = [each.value for each in PositionEncodingKind]
# Letters of one, two, three and four bytes, half of a pair, and what only some take for line ends.
TEXTS = st.text(st.sampled_from("ab|é→😀\ud83d\r\n\f\u2028\x85"), max_size=30)


@pytest.mark.parametrize(("encoding", "units"), [("utf-8", 9), ("utf-16", 6), ("utf-32", 5)])
def test_a_position_counts_the_units_of_the_encoding(encoding: str, units: int) -> None:
    lines = DocumentText("X:1\r\nT:é😀x\n", encoding)
    assert lines.position(2, 6) == Position(1, units)
    assert lines.place(Position(1, units)) == (2, 6)
    assert lines.place(Position(1, units - 1)) == (2, 5)


@pytest.mark.parametrize(("encoding", "units"), [("utf-8", 7), ("utf-16", 4)])
def test_a_position_within_a_character_is_before_it(encoding: str, units: int) -> None:
    assert DocumentText("T:é😀x", encoding).place(Position(0, units)) == (1, 4)


def test_only_the_line_ends_of_the_protocol_end_a_line() -> None:
    lines = DocumentText("a\fb\u2028c\x85d\re\r\nf\n")
    assert [lines.line(index) for index in range(len(lines))] == ["a\fb\u2028c\x85d", "e", "f", ""]
    assert [lines.line_end(index) for index in range(4)] == ["\r", "\r\n", "\n", "\r"]


def test_a_position_beyond_the_text_is_at_its_end() -> None:
    lines = DocumentText("ab\ncd")
    assert lines.place(Position(0, 99)) == (1, 3)
    assert lines.place(Position(99, 0)) == (2, 3)
    assert lines.edited(Range(Position(7, 7), Position(9, 9)), "e").text == "ab\ncde"


def test_columns_do_not_count_a_byte_order_mark() -> None:
    lines = DocumentText("\ufeffX:1\nT:a")
    assert lines.position(1, 1) == Position(0, 1)
    assert lines.place(Position(0, 3)) == (1, 3)
    edit = lines.line_edit(LineEdit(0, "X:12"))
    assert lines.edited(edit.range, edit.new_text).text == "\ufeffX:12\nT:a"


@given(TEXTS, st.sampled_from(ENCODINGS))
def test_every_place_goes_to_a_position_and_back(text: str, encoding: str) -> None:
    lines = DocumentText(text, encoding)
    for line in range(1, len(lines) + 1):
        for column in range(1, len(lines.line(line - 1)) + 2):
            assert lines.place(lines.position(line, column)) == (line, column)


@given(TEXTS, TEXTS, st.data(), st.sampled_from(ENCODINGS))
def test_an_edit_replaces_what_is_between_two_places(
    text: str, new: str, data: st.DataObject, encoding: str
) -> None:
    lines = DocumentText(text, encoding)
    line = data.draw(st.integers(1, len(lines)))
    first, last = sorted(data.draw(st.integers(0, len(lines.line(line - 1)))) for _ in range(2))
    span = lines.range(line, first + 1, line, last + 1)
    before = sum(len(lines.line(i)) for i in range(line - 1))
    before += text_ends_before(lines, line)
    expected = text[: before + first] + new + text[before + last :]
    assert lines.edited(span, new).text == expected
    assert lines.edited(Range(span.end, span.start), new).text == expected


def text_ends_before(lines: DocumentText, line: int) -> int:
    """How many characters the line ends before a line have."""
    return sum(len(lines.line_end(index)) for index in range(line - 1))


@given(TEXTS, st.data())
def test_a_line_edit_changes_its_line_and_nothing_else(text: str, data: st.DataObject) -> None:
    lines = DocumentText(text.replace("\r", ""))  # or two line ends may become one
    index = data.draw(st.integers(0, len(lines) - 1))
    new = data.draw(st.text("ab|é", max_size=8))
    edit = lines.line_edit(LineEdit(index, new))
    after = lines.edited(edit.range, edit.new_text)
    expected = [lines.line(each) for each in range(len(lines))]
    expected[index] = new
    assert [after.line(each) for each in range(len(after))] == expected
