"""Every word that an editor offers is one that a check accepts."""

import pytest

from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.checking.levels import all_codes
from tuneloom.lsp.vocabulary import COMMON_VALUES, DECORATIONS, FIELDS

ABOUT_WORDS = {"decoration-name", "unknown-field", "bad-key", "bad-meter", "bad-tempo", "old-tempo"}


def found_in(*, header: str = "", body: str = "") -> set[str]:
    tune = f"X:1\nT:a\n{header}K:D\nABc|{body}\n"
    return {each.code for each in check_tune(tune, codes=all_codes())}


def test_the_decorations_are_known() -> None:
    body = "".join(f"!{name}!A" for name in DECORATIONS)
    assert found_in(body=body).isdisjoint({*ABOUT_WORDS, "stray-bang"})


@pytest.mark.parametrize("letter", FIELDS)
def test_the_example_of_a_field_is_right(letter: str) -> None:
    word = FIELDS[letter]
    if letter in "XKsw":
        assert found_in(body=f"\n{word.example}" if word.in_body else "").isdisjoint(ABOUT_WORDS)
        return
    assert found_in(header=f"{word.example}\n").isdisjoint(ABOUT_WORDS)
    assert (
        found_in(body=f"\n{word.example}\nABc|") & {"misplaced-field", "field-after-key"} == set()
    ) == (word.in_body)


@pytest.mark.parametrize("letter", COMMON_VALUES)
def test_the_common_values_are_right(letter: str) -> None:
    for value in COMMON_VALUES[letter]:
        assert found_in(body=f"\n{letter}:{value}\nABc|").isdisjoint(ABOUT_WORDS)
