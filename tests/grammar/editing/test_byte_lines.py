"""The lines of a file and their places in its bytes."""

import pytest
from hypothesis import given

from tests.support.books import books
from tuneloom.grammar.editing.byte_lines import byte_lines, first_line_end
from tuneloom.grammar.source.charset import byte_order_mark, charset_of


@given(books())
def test_the_lines_joined_are_the_bytes_after_the_mark(data: bytes) -> None:
    lines = byte_lines(data, charset_of(data))
    assert (
        b"".join(data[line.start : line.end] for line in lines)
        == data[len(byte_order_mark(data)) :]
    )


def test_a_line_of_utf_16_is_searched_for_in_characters() -> None:
    text = "X:1\nT:\u0a0d\u0d0a\n"
    lines = byte_lines(text.encode("utf-16-le"), "utf-16-le")
    assert [line.text.decode() for line in lines] == text.splitlines()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le"])
def test_the_first_line_end_is_that_of_the_file(end: str, charset: str) -> None:
    assert first_line_end(f"X:1{end}K:D\n".encode(charset), charset) == end.encode(charset)
