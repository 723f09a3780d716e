"""A book is formatted tune by tune, in one process or in several."""

from tuneloom.cli.text.formatting import FormatOptions, format_book
from tuneloom.grammar.source.book import read_book


def book_of(count: int) -> bytes:
    """Every fifth tune has to be respelt, every seventh has no number, and every eleventh is none."""
    tunes = []
    for number in range(1, count + 1):
        reference = f"X:{number}\n" if number % 7 else ""
        key = "G major" if number % 5 == 0 else "G"
        music = "k|" if number % 11 == 0 else "GABc|"
        tunes.append(f"{reference}T:Air {number}\nM:4/4\nL:1/4\nK:{key}\n{music}\n")
    return "\n".join(tunes).encode()


def test_several_processes_write_what_one_does() -> None:
    data = book_of(350)
    book, options = read_book(data), FormatOptions(repair=True)
    one = format_book(data, book, options)
    assert one.repairs["missing-reference"] > 40
    assert len(one.problems) == 350 // 11
    assert b"K:G major" not in one.data.replace(b"K:G major\nk|", b"")
    assert format_book(data, book, options, workers=2) == one
