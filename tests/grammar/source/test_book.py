"""The tunes of a file are found whatever is between them, with their charset and their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tunes import parse_tune
from tuneloom.grammar import parse, read_book


def texts(data: bytes) -> list[str]:
    return [tune.text for tune in read_book(data).tunes]


def test_a_tune_ends_at_an_empty_line_or_at_the_next_one() -> None:
    data = b"X:1\nK:D\nA|\n \t\nfree text\n\nX:2\nK:G\nB|\nX:3\nK:A\nc|"
    assert texts(data) == ["X:1\nK:D\nA|\n", "X:2\nK:G\nB|\n", "X:3\nK:A\nc|\n"]


def test_line_ends_of_all_systems_are_read_alike() -> None:
    unix = b"X:1\nK:D\nA|\n\nX:2\nK:D\nB|\n"
    for line_end in (b"\r\n", b"\r"):
        data = unix.replace(b"\n", line_end)
        assert texts(data) == texts(unix)
        second = read_book(data).tunes[1]
        assert data[second.offset :].startswith(b"X:2")
        assert second.line == 5


def test_the_charset_is_utf8_if_it_can_be_and_else_cp1252() -> None:
    utf8, western = (
        "X:1\nT:Muiñeira\nK:D\nA|\n".encode(),
        "X:1\nT:Muiñeira’s\nK:D\n".encode("cp1252"),
    )
    assert read_book(utf8).charset == "utf-8"
    assert "T:Muiñeira\n" in texts(utf8)[0]
    assert read_book(western).charset == "cp1252"
    assert "T:Muiñeira’s\n" in texts(western)[0]


def test_music_that_an_empty_line_parts_from_its_header_comes_back_to_it() -> None:
    data = b"X:1\nT:One\nK:D\n\n \nAB|cd|\n\nX:2\nK:G\n\nX:3\nK:G\nc|\n"
    one, two, three = read_book(data).tunes
    assert one.text == "X:1\nT:One\nK:D\n%\n%\nAB|cd|\n"
    assert [tune.rejoined for tune in (one, two, three)] == [True, False, False]
    assert two.text == "X:2\nK:G\n"
    assert data[three.offset :].startswith(b"X:3")


def test_words_below_a_header_are_no_music() -> None:
    [tune] = read_book(b"X:1\nT:One\nK:D\n\nA fine tune | as they say\n").tunes
    assert tune.text == "X:1\nT:One\nK:D\n"


def test_a_byte_order_mark_is_no_text_but_counts_as_bytes() -> None:
    [tune] = read_book(b"\xef\xbb\xbfX:1\nK:D\nA|\n").tunes
    assert tune.text.startswith("X:1")
    assert tune.offset == 3


def test_a_tune_without_a_number_is_known_by_its_header() -> None:
    assert texts(b"T:Nameless\nM:4/4\nK:D\nABcd|\n") == ["T:Nameless\nM:4/4\nK:D\nABcd|\n"]


def test_prose_and_typeset_text_hold_no_tune() -> None:
    assert texts(b"Dear reader: in K: we trust.\nX marks the spot.\n") == []
    assert texts(b"%%begintext\nX:1\nK:D\nA|\n%%endtext\n\nX:2\nK:G\nB|\n") == ["X:2\nK:G\nB|\n"]


def test_typeset_text_that_never_ends_swallows_no_tune() -> None:
    assert texts(b"%%begintext\nwords\n\nX:2\nK:G\nB|\n") == ["X:2\nK:G\nB|\n"]


@given(st.binary())
def test_any_bytes_can_be_read(data: bytes) -> None:
    for tune in read_book(data).tunes:
        assert tune.offset < len(data)


def test_a_file_header_holds_for_every_tune_of_the_file() -> None:
    book = read_book(
        b"% for all\nL:1/4\nR:reel\n%%landscape\n\nX:1\nK:D\nA|\n\nX:2\nL:1/8\nK:D\nA|\n"
    )
    assert book.header == "% for all\nL:1/4\nR:reel\n%%landscape\n"
    tunes = [parse_tune(tune.text, book.header) for tune in book.tunes]
    assert [tune.field("R") for tune in tunes] == ["reel", "reel"]
    assert [str(tune.unit_note_length) for tune in tunes] == ["1/4", "1/8"]


def test_an_error_in_the_file_header_has_its_place_there() -> None:
    book = read_book(b"L:eighth\n\nX:1\nK:D\nA|\n")
    [tune] = book.tunes
    [diagnostic] = parse(tune.text, tune.line, book.header).diagnostics
    assert (diagnostic.code, diagnostic.line) == ("bad-unit-note-length", 1)


def test_a_tune_or_a_comment_at_the_start_of_a_file_is_no_header() -> None:
    assert read_book(b"X:1\nK:D\nA|\n").header == ""
    assert read_book(b"% words\n\nX:1\nK:D\nA|\n").header == ""
    assert read_book(b"L:1/8\nwords\n\nX:1\nK:D\nA|\n").header == ""


def orphans(data: bytes) -> list[tuple[str, int]]:
    return [(orphan.text, orphan.line) for orphan in read_book(data).orphans]


def test_music_after_an_empty_line_belongs_to_no_tune_and_is_kept_apart() -> None:
    data = b'X:1\nK:G\nCDEF|\n\nP:B\n"Am"GABc|]\nw:la\n\nX:2\nK:G\nA|\n\n%\n|:d>e|\n'
    assert texts(data) == ["X:1\nK:G\nCDEF|\n", "X:2\nK:G\nA|\n"]
    assert orphans(data) == [('"Am"GABc|]\nw:la\n', 6), ("|:d>e|\n", 14)]


def test_notes_without_bar_lines_are_music_and_words_are_none() -> None:
    after = b"GABc d4 efga\n\nA bad egg\n\nA4 B5\n\nadd a cabbage a/b\n"
    assert orphans(b"X:1\nK:G\nCDEF|\n\n" + after) == [("GABc d4 efga\n", 5)]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"T:Air\nX:1\nK:D\nA|\n", [("T:Air\n", 1)]),
        (b"%abc-2.1\nM:6/8\nX:1\nK:D\nA|\n", [("M:6/8\n", 2)]),
        (b"T:Air\nR:reel\n\nX:1\nK:D\nA|\n", [("T:Air\nR:reel\n", 1)]),
        (b"X:1\nK:D\nA|\n\nR:reel\n% x\nX:2\nK:G\nB|\n", [("R:reel\n% x\n", 5)]),
        (b"X:1\nK:D\nA|\n\nA reel:\nR:reel\nX:2\nK:G\nB|\n", [("R:reel\n", 6)]),
        (b"X:1\r\nK:D\r\nA|\r\n\r\nW:words\r\n", [("W:words\n", 5)]),
        (b"%%propagate-accidentals not\nX:1\nK:D\nA|\n", [("%%propagate-accidentals not\n", 1)]),
        (b"%%pagewidth 20\nX:1\nK:D\nA|\n", []),
        (b"M:6/8\nL:1/8\n\nX:1\nK:D\nA|\n", []),
        (b"X:1\nK:D\nA|\n\nA reel:\nS: a book\n\nX:2\nK:G\nB|\n", []),
    ],
)
def test_fields_that_belong_to_no_tune_are_kept_apart(
    data: bytes, found: list[tuple[str, int]]
) -> None:
    assert orphans(data) == found


def test_typeset_text_in_a_file_header_hides_no_field() -> None:
    book = read_book(b"%%begintext\nTunes\n\n| for all |\n%%endtext\nL:1/4\n\nX:1\nK:D\nA|\n")
    assert book.header.endswith("L:1/4\n")
    assert book.orphans == ()


def test_words_tables_and_typeset_text_between_tunes_are_no_music() -> None:
    between = b"A fine tune | they say\n\n| --- |\n|:---:|\n\n%%begintext\nABc|\n%%endtext\n"
    assert orphans(b"X:1\nK:G\nCDEF|\n\n" + between + b"\nX:2\nK:D\nA|\n") == []


def test_several_tunes_without_a_number_follow_each_other() -> None:
    data = b"T:One\nM:6/8\nK:D\nABc|\n\nM:4/4\nT:Two\nK:G\nABcd|\n\nL:1/4\nK:A\nA|\n\nK:C\nc|\n"
    assert [tune.line for tune in read_book(data).tunes] == [1, 6, 11, 15]


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be"])
def test_utf16_with_a_byte_order_mark_is_read(charset: str) -> None:
    data = "\ufeffX:1\r\nT:Café \U0001f3b5\r\nK:D\r\nA|\r\n\r\nX:2\r\nK:G\r\nB|\r\n".encode(charset)
    book = read_book(data)
    assert [tune.text for tune in book.tunes] == [
        "X:1\nT:Café \U0001f3b5\nK:D\nA|\n", "X:2\nK:G\nB|\n",
    ]  # fmt: skip
    assert [data[tune.offset :][:8].decode(charset) for tune in book.tunes] == ["X:1\r", "X:2\r"]
    assert data.decode(book.charset).count("\n") == 8


def test_a_mark_within_a_file_and_the_end_of_a_dos_file_are_no_text() -> None:
    data = b"X:1\nK:D\nA|\n\xef\xbb\xbfX:2\nK:G\nB|\x1a"
    assert texts(data) == ["X:1\nK:D\nA|\n", "X:2\nK:G\nB|\n"]
    assert data[read_book(data).tunes[1].offset :].startswith(b"X:2")


def test_a_fence_of_markdown_ends_a_tune() -> None:
    assert texts(b"```abc\nT:Air\nK:D\nABc|\n```\nIt is in D.\n") == ["T:Air\nK:D\nABc|\n"]


def test_tags_before_a_number_do_not_hide_a_tune() -> None:
    data = b"<pre>X:1\nK:D\nA|\n</pre>\n\n<|begin|> <s>X:2\nK:G\nB|\n"
    assert texts(data) == ["X:1\nK:D\nA|\n</pre>\n", "X:2\nK:G\nB|\n"]
    assert [data[tune.offset :][:3] for tune in read_book(data).tunes] == [b"X:1", b"X:2"]
