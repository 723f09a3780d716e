"""The index of a book as one HTML file."""

import re
from dataclasses import replace

from tuneloom.grammar.editing.tune_facts import header_facts
from tuneloom.web.book_index import IndexEntry, index_html

FACTS = header_facts("X:1\nT:One\nK:D\n")
ENTRY = IndexEntry("1", "One", "reel", "4/4", "D", 8, "a.abc", 1, "A|", "X:1\nK:D\nA|\n", FACTS)


def test_rows_have_their_rank_in_each_order() -> None:
    other = replace(ENTRY, number="2", bars=None, abc="", facts=header_facts("X:2\nT:A\nK:C\n"))
    html = index_html("Book", [ENTRY, other])
    assert re.findall('data-ranks="([^"]*)"', html) == ["0 1 0 0 1 0", "1 0 1 1 0 1"]
    assert html.count("data-abc=") == 1


def test_texts_of_tunes_cannot_become_markup() -> None:
    hostile = '"><script>alert(1)</script>\x1b'
    html = index_html(hostile, [replace(ENTRY, title=hostile, number=hostile, abc=hostile)])
    assert html.count("<script>") == 2
    assert "\x1b" not in re.sub('data-abc="[^"]*"', "", html.split("<tbody")[1].split("</tbody")[0])


def test_nothing_is_asked_for_from_elsewhere() -> None:
    html = index_html("Book", [ENTRY])
    assert "default-src 'none'; script-src 'sha256-" in html
    assert not re.search(r"<(?:script|link|img)[^>]*(?:src|href)=\"(?!data:)", html)
