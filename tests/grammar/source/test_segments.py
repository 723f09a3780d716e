"""One reading of a tune's text: header and body, and in a line of music what is not music."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.grammar.source.segments import (
    DecorationSign,
    is_field,
    is_music_line,
    key_line,
    split_header,
    split_music,
    without_comment,
)


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("X:1\nK:D\nA|\nK:G\nB|\n", "X:1\nK:D\n"),
        ("K:D\nA|\n", "K:D\n"),
        ("X:1\nK:D", "X:1\nK:D"),
        ("X:1\nT:In K: we trust\n", "X:1\nT:In K: we trust\n"),
        ("", ""),
    ],
)
def test_the_header_ends_with_the_first_key_line(text: str, header: str) -> None:
    assert split_header(text) == (header, text.removeprefix(header))
    assert key_line(header.splitlines()) + 1 >= header.count("\n")


def test_a_letter_that_can_be_a_note_begins_a_field_in_the_header_alone() -> None:
    assert is_field("G:group", in_body=False)
    assert not is_field("G:|")
    assert is_field("P:A")


@pytest.mark.parametrize("line", ["", "  ", "% words", "%%vskip 1", "w:la", "+:and more"])
def test_these_lines_of_a_body_are_no_music(line: str) -> None:
    assert not is_music_line(line)


def test_a_comment_ends_a_line_unless_its_sign_is_escaped() -> None:
    assert without_comment("AB % two notes") == "AB "
    assert without_comment("100\\% wool") == "100\\% wool"


@pytest.mark.parametrize(
    ("line", "others"),
    [
        ('A"Am"B"say \\"hi\\""c', ['"Am"', '"say \\"hi\\""']),
        ("!trill!A !not one! B", ["!trill!"]),
        ("[K:G]A[CE]B [r:a | b]", ["[K:G]", "[r:a | b]"]),
        ('A% a "comment"', ['% a "comment"']),
        ('A"never closed !trill!', ["!trill!"]),
        ("A!!B", []),
        ("", []),
    ],
)
def test_what_is_not_music_is_separated_from_music(line: str, others: list[str]) -> None:
    assert split_music(line)[1::2] == others


def test_two_signs_in_a_row_may_be_a_decoration_without_a_name() -> None:
    assert split_music("A!!B", empty_decorations=True) == ["A", "!!", "B"]


def test_plus_signs_mark_decorations_where_a_tune_says_so() -> None:
    assert split_music("+trill+A!B", "+") == ["", "+trill+", "A!B"]


@given(st.text('"\\!+[]K:a% '), st.sampled_from(["!", "+"]), st.booleans())
def test_nothing_is_lost_and_music_has_the_even_places(
    line: str, sign: DecorationSign, empty: bool
) -> None:
    pieces = split_music(line, sign, empty)
    assert "".join(pieces) == line
    assert len(pieces) % 2 == 1
    assert all(piece[0] in f'"{sign}[%' for piece in pieces[1::2])


@pytest.mark.parametrize("piece", ['\\"', '!\\"', '"', "!", "[K:", "%"])
def test_a_long_line_takes_no_longer_than_its_length_allows(piece: str) -> None:
    def seconds(times: int) -> float:
        line = '"' + piece * times
        start = time.process_time()
        split_music(line)
        return time.process_time() - start

    seconds(1000)
    assert seconds(200_000) < 1
