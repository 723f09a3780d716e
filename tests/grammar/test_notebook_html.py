"""Tables and pictures that notebooks show."""

import re
from base64 import b64decode

from hypothesis import given
from hypothesis import strategies as st

from tuneloom.grammar.notebook_html import html_table, picture_html


def test_numbers_are_under_their_headings() -> None:
    assert html_table([("sound", "3")], ("level", "tunes")) == (
        '<table><tr><th style="text-align:left">level</th><th style="text-align:right">tunes</th></tr>'
        '<tr><th style="text-align:left">sound</th><td style="text-align:right">3</td></tr></table>'
    )


def test_facts_have_no_heading() -> None:
    assert '<td style="text-align:left">G maj' in html_table([("key", "G maj")])


def test_two_spaces_stay_apart() -> None:
    assert "6&emsp;8" in html_table([("notes", "6  8")])


@given(st.text())
def test_no_text_opens_a_tag_of_its_own(text: str) -> None:
    html = html_table([(text, text)], (text, text))
    assert html.count("<") == html_table([("", "")], ("", "")).count("<")


def test_a_picture_is_described_and_stays_as_it_is() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><text>é</text></svg>'
    html = picture_html(svg, 'The "Kesh"')
    assert 'alt="The &quot;Kesh&quot;"' in html
    data = re.search(r'src="data:image/svg\+xml;base64,([^"]*)"', html)
    assert data
    assert b64decode(data[1]).decode() == svg
