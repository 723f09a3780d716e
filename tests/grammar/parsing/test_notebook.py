"""What a notebook shows of a tune and of what is wrong with a text."""

from __future__ import annotations

import pickle
import re

from hypothesis import given
from hypothesis import strategies as st

from tuneloom.grammar import parse
from tuneloom.grammar.parsing.notebook import tune_facts
from tuneloom.grammar.tune.elements import Tune

KESH = "X:1\nT:The Kesh\nM:6/8\nL:1/8\nQ:3/8=110\nK:G\n|:G3 GAB|A3 ABd:|\n"


def shown(text: str) -> str:
    return parse(text)._repr_html_()


def parse_tune(text: str) -> Tune:
    result = parse(text)
    assert result.parseable
    return result.tune


def test_the_facts_of_a_tune_are_its_fields_and_counts() -> None:
    assert tune_facts(parse_tune(KESH)) == {
        "title": "The Kesh",
        "key": "G maj",
        "metre": "6/8",
        "tempo": "3/8=110",
        "bars": "2 bars",
    }


def test_a_title_of_accents_is_readable() -> None:
    assert tune_facts(parse_tune(KESH.replace("The Kesh", "Caf\\'e")))["title"] == "Café"


def test_what_is_wrong_is_a_list_with_places_and_help() -> None:
    html = shown(KESH.replace("A3 ABd", "A3 k<i>"))
    assert html.startswith("<ul><li>line 7, column ")
    assert html.count("<li>") == 1


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30))
def test_what_is_wrong_is_text(music: str) -> None:
    result = parse(f"{KESH}k|{music}\n")
    assert not result.parseable
    tags = set(re.findall("<[^>]*>", result._repr_html_()))
    assert tags == {"<ul>", "<li>", "<br>", "</li>", "</ul>"}


def test_the_text_of_a_tune_does_not_count_in_comparisons_and_is_pickled() -> None:
    tune, other = parse_tune(KESH), parse_tune(KESH + "% comment\n")
    assert tune == other
    assert tune.text != other.text
    assert pickle.loads(pickle.dumps(tune)).text == KESH
