"""A book in sections: what goes with which tune, and that nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from tests.support.books import books
from tuneloom.grammar import read_book
from tuneloom.grammar.editing.book_sections import BookSections, split_book

BOOK = b"""%abc-2.1
R:reel

My tunes

% learnt in Clare
X:1
T:One
K:D
A|

c|B|

%%center Jigs

About the second:
X:2
T:Two
K:D
B|
% the third
X:3
T:Three
K:D
c|

The end.
"""


def sections_of(data: bytes) -> BookSections:
    return split_book(data, read_book(data))


def test_a_header_and_the_text_at_the_top_and_the_end_belong_to_the_book() -> None:
    sections = sections_of(BOOK)
    assert sections.header == b"%abc-2.1\nR:reel\n\n"
    assert sections.opening == b"My tunes\n\n"
    assert sections.closing == b"The end.\n"


def test_text_between_tunes_goes_with_the_tune_below_and_music_with_the_one_above() -> None:
    one, two, three = sections_of(BOOK).tunes
    assert (one.lead, one.trail) == (b"% learnt in Clare\n", b"\n\nc|B|")
    assert two.lead == b"%%center Jigs\n\nAbout the second:\n"
    assert (two.data, two.gap) == (b"X:2\nT:Two\nK:D\nB|", b"\n")
    assert (three.lead, three.gap) == (b"% the third\n", b"\n\n")
    assert two.tune.text == "X:2\nT:Two\nK:D\nB|\n"


def test_comments_that_begin_a_book_are_about_the_book() -> None:
    sections = sections_of(b"% My tunes\nX:1\nK:D\nA|\n")
    assert (sections.opening, sections.tunes[0].lead) == (b"% My tunes\n", b"")


def test_fences_of_markdown_are_part_of_the_gap() -> None:
    one, two = sections_of(b"```\nX:1\nK:D\nA|\n```\n\n```\nX:2\nK:D\nB|\n```\n").tunes
    assert (one.gap, two.lead, two.gap) == (b"\n```\n\n```\n", b"", b"\n```\n")


@given(books())
def test_the_sections_of_a_book_joined_are_its_bytes(data: bytes) -> None:
    assert sections_of(data).joined() == data


@given(st.binary(max_size=300))
def test_the_sections_of_any_bytes_joined_are_these_bytes(data: bytes) -> None:
    assert sections_of(data).joined() == data


@given(books())
def test_every_tune_has_its_own_lines(data: bytes) -> None:
    book = read_book(data)
    sections = split_book(data, book)
    assert len(sections.tunes) == len(book.tunes)
    for section, tune in zip(sections.tunes, book.tunes, strict=True):
        assert tune.text.startswith(section.tune.text)
        assert section.data.startswith(tune.text[:2].encode(book.charset))


@given(books())
def test_a_book_with_its_own_data_is_unchanged(data: bytes) -> None:
    sections = sections_of(data)
    own = {index: section.data for index, section in enumerate(sections.tunes)}
    assert sections.with_data(own) == data
