import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.model.score.similarity.common_runs import longest_common_runs


def test_the_longest_run_that_stands_in_any_other_tune() -> None:
    training = ["GAB cde|", "fed cBA|"]
    assert longest_common_runs(["AB c", "xx fed x", "GAB cde|", "zzz"], training).tolist() == [
        4,
        4,
        8,
        0,
    ]


def test_a_run_does_not_reach_from_one_tune_into_the_next() -> None:
    assert longest_common_runs(["abcd"], ["ab", "cd"]).tolist() == [2]


def test_long_runs_are_found_to_the_character_however_often_they_stand_there() -> None:
    run = "".join(f"A{n}B" for n in range(60))
    texts = [run[:-1] + "x", "y" + run[7:], "zzzz" * 30]
    others = ["x" + run, run + "z" * 41, "z" * 17]
    assert longest_common_runs(texts, others).tolist() == [len(run) - 1, len(run) - 7, 41]


def test_with_no_other_text_no_run_is_common() -> None:
    assert longest_common_runs(["GAB", ""], []).tolist() == [0, 0]


def test_ten_thousand_copies_are_looked_at_once() -> None:
    text = "".join(f"{a}{b}{c}|" for a in "ABC" for b in "DEF" for c in "GAB")
    assert set(longest_common_runs([text] * 10_000, [text]).tolist()) == {len(text)}


def longest(text: str, others: list[str]) -> int:
    runs = (text[a:b] for a in range(len(text)) for b in range(a + 1, len(text) + 1))
    return max((len(run) for run in runs if any(run in other for other in others)), default=0)


texts = st.lists(st.text("ab|é", max_size=40), min_size=1, max_size=4)


@given(texts, texts)
def test_it_is_what_a_slow_search_finds(mine: list[str], others: list[str]) -> None:
    expected = [longest(text, others) for text in mine]
    np.testing.assert_array_equal(longest_common_runs(mine, others), expected)
