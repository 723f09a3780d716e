"""Tunes of several books as one, in which they have the fields and directives that they had."""

from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.books import books
from tuneloom.grammar import Tune, parse, read_book
from tuneloom.grammar.editing.book_sections import split_book
from tuneloom.grammar.editing.edited_book import EditedBook
from tuneloom.grammar.editing.joining import BookPart, in_one_charset, join_parts
from tuneloom.grammar.errors import UsageError

ONE = "%abc-2.1\nR:reel\n%%scale 0.7\n\n% about one\nX:1\nT:One\nK:D\nA|\n\nX:2\nT:Two\nR:jig\nK:D\nA|\n"
OTHER = "%abc-2.1\n% by me\nL:1/4\n\nX:1\nT:Müller\nK:D\nA|\n\nX:2\nT:Bad\nK:D\nk|\n\nThe end.\n"


def part(data: bytes, name: str = "a.abc", with_text: bool = True) -> BookPart:
    sections = split_book(data, read_book(data))
    return BookPart(name, sections, sections.tunes, with_text)


def joined(*books_of: bytes) -> EditedBook:
    parts, _ = in_one_charset([part(data, f"{n}.abc") for n, data in enumerate(books_of)])
    return join_parts(parts)


def test_tunes_of_one_book_keep_its_header_and_their_own_text() -> None:
    whole = part(ONE.encode(), with_text=False)
    wanted = BookPart("a.abc", whole.sections, whole.tunes[:1], with_text=False)
    assert join_parts([wanted]).data.decode() == ONE[: ONE.index("\n\nX:2")] + "\n"


def test_headers_that_differ_are_written_into_the_tunes_that_they_apply_to() -> None:
    edited = joined(ONE.encode(), OTHER.encode())
    assert edited.data.decode() == (
        "%abc-2.1\n\n% about one\nX:1\nR:reel\n%%scale 0.7\nT:One\nK:D\nA|\n\n"
        "X:2\n%%scale 0.7\nT:Two\nR:jig\nK:D\nA|\n\n"
        "% by me\n\nX:1\nL:1/4\nT:Müller\nK:D\nA|\n\nX:2\nT:Bad\nK:D\nk|\n\nThe end.\n"
    )
    assert edited.notes == (
        "0.abc: 2 lines of its file header written into 2 tunes",
        "1.abc: 1 line of its file header written into 1 tune",
        "1.abc: 1 tune not parseable and left without its file header (line 10)",
    )


def test_a_header_that_all_books_have_stays_one() -> None:
    data = joined(ONE.encode(), ONE.replace("One", "More").encode()).data
    assert data.count(b"R:reel") == 1
    assert read_book(data).header == "%abc-2.1\nR:reel\n%%scale 0.7\n"


def test_charsets_that_differ_become_utf_8() -> None:
    latin = OTHER.replace("L:1/4", "%%abc-charset iso-8859-1").encode("latin-1")
    parts, notes = in_one_charset([part(ONE.replace("One", "Ōne").encode()), part(latin)])
    assert notes == ("the books are in cp1252, utf-8; written in utf-8",)
    data = join_parts(parts).data
    assert "T:Müller" in data.decode()
    assert b"%%abc-charset utf-8" in data


def test_books_in_ascii_take_the_charset_of_the_others() -> None:
    latin = OTHER.encode("latin-1")
    data = joined(ONE.encode(), latin).data
    assert "T:Müller".encode("latin-1") in data


def test_text_above_the_tunes_does_not_become_a_header() -> None:
    data = joined(b"X:1\nK:D\nA|\n\n%%newpage\n\nX:2\nK:D\nB|\n").data
    sections = split_book(data, read_book(data))
    wanted = BookPart("a.abc", sections, sections.tunes[1:], with_text=False)
    assert join_parts([wanted]).data == b"\n%%newpage\n\nX:2\nK:D\nB|\n"


@given(st.lists(books(), min_size=1, max_size=3), st.booleans())
def test_every_tune_is_there_with_its_music(found: list[bytes], with_text: bool) -> None:
    parts = [part(data, with_text=with_text) for data in found]
    try:
        parts, _ = in_one_charset(parts)
        after = join_parts(parts, "a mark").data
    except UsageError:
        return
    assert music(after) == sum((music(each.sections.joined()) for each in parts), Counter())


def music(data: bytes) -> Counter[Tune | str]:
    """The tunes that parse, and the text of the others."""
    book = read_book(data)
    found: Counter[Tune | str] = Counter()
    for section in split_book(data, book).tunes:
        result = parse(section.tune.text, 1, book.header)
        found[result.tune if result.parseable else section.tune.text] += 1
    return found


def test_a_real_book_extracted_in_two_and_merged_has_every_tune(corpora: Path) -> None:
    whole = part((corpora / "taberna/k.abc").read_bytes(), with_text=False)
    halves = [replace(whole, tunes=whole.tunes[start::2]) for start in (0, 1)]
    parts = [part(join_parts([half]).data) for half in halves]
    merged = join_parts(in_one_charset(parts)[0]).data
    assert music(merged) == music(whole.sections.joined())
