"""What a notebook shows of a tune and of what is wrong with a text."""

from __future__ import annotations

import pickle
import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from tuneloom.grammar import parse
from tuneloom.grammar.tune.elements import Tune

KESH = "X:1\nT:The Kesh\nM:6/8\nL:1/8\nQ:3/8=110\nK:G\n|:G3 GAB|A3 ABd:|\n"


def shown(text: str) -> str:
    return parse(text)._repr_html_()


def parse_tune(text: str) -> Tune:
    result = parse(text)
    assert result.parseable
    return result.tune


def test_a_tune_is_a_table_of_its_fields_and_its_text() -> None:
    html = parse_tune(KESH)._repr_html_()
    rows = re.findall("<tr><th>(.*?)</th><td>(.*?)</td></tr>", html)
    assert rows == [
        ("title", "The Kesh"),
        ("key", "G maj"),
        ("metre", "6/8"),
        ("unit length", "1/8"),
        ("tempo", "3/8=110"),
        ("bars", "3"),
        ("voices", "1"),
    ]
    assert html.endswith(f"<pre>{KESH}</pre>")


def test_the_result_of_parsing_shows_its_tune() -> None:
    assert shown(KESH) == parse_tune(KESH)._repr_html_()


def test_what_is_wrong_is_a_list_with_places_and_help() -> None:
    html = shown(KESH.replace("A3 ABd", "A3 k<i>"))
    assert html.startswith("<ul><li>line 7, column ")
    assert html.count("<li>") == 1


def test_a_title_of_accents_is_readable_and_markup_is_not_obeyed() -> None:
    html = shown(KESH.replace("The Kesh", "Caf\\'e & <script>x</script>"))
    assert "<td>Café &amp; &lt;script&gt;" in html


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30))
def test_no_text_opens_a_tag_of_its_own(title: str) -> None:
    html = shown(KESH.replace("The Kesh", title))
    tags = set(re.findall("<[^>]*>", html))
    assert tags <= {
        f"<{end}{tag}>" for end in ("", "/") for tag in ("table", "tr", "th", "td", "pre")
    }
    assert unescape(html).count("X:1\n") == 1


def test_the_text_of_a_tune_does_not_count_in_comparisons_and_is_pickled() -> None:
    tune, other = parse_tune(KESH), parse_tune(KESH + "% comment\n")
    assert tune == other
    assert tune.text != other.text
    assert pickle.loads(pickle.dumps(tune)).text == KESH
