"""A tune whose text was edited: lines that stay keep their bytes."""

from hypothesis import given

from tests.support.books import books
from tuneloom.grammar import read_book
from tuneloom.grammar.editing.book_sections import split_book
from tuneloom.grammar.editing.tune_text import edited_data


def edited(data: bytes, old: str, new: str) -> bytes:
    sections = split_book(data, read_book(data))
    charset, line_end = sections.book.charset, sections.line_end
    return sections.with_data(
        {
            index: edited_data(section, section.tune.text.replace(old, new), charset, line_end)
            for index, section in enumerate(sections.tunes)
        }
    )


def test_lines_that_stay_keep_their_bytes_and_new_ones_get_the_line_end_of_the_book() -> None:
    data = b"X:1\r\nT:M\xfcller\nK:D\n%%begintext\nA|\n%%endtext\nA|B|\nc|\r\n\r\n"
    after = edited(data, "A|B|\n", "A|\nB|\n")
    assert after == data.replace(b"A|B|\nc|", b"A|\nB|\r\nc|")


def test_a_line_that_is_left_out_leaves_the_others_as_they_are() -> None:
    data = b"X:1\nT:One\nK:D\n\nA|B|\n\nX:2\nK:D\nA|\n"
    assert edited(data, "T:One\n", "") == data.replace(b"T:One\n", b"")


@given(books())
def test_the_same_text_gives_the_same_bytes(data: bytes) -> None:
    assert edited(data, "", "") == data
