import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.runs.headers import Conditions, Headers

HEADERS = Headers.of(
    [
        "R:jig\nM:6/8\nL:1/8\nK:D\nABA|\n",
        "R:reel\nM:4/4\nL:1/8\nK:Edor\nABA|\n",
        "R:reel\nM:2/2\nL:1/8\nK:D\nABA|\n",
        "T:The OK: Title\nM:4/4\nL:1/4\nK:Am\nABA|\n",
    ]
)


def test_a_header_is_known_by_what_stands_before_the_key_and_by_the_key() -> None:
    assert HEADERS.beginnings[0] == "M:4/4\nL:1/4\n"
    assert HEADERS.known("R") == ["jig", "reel"]
    assert HEADERS.known("K") == ["Am", "D", "Edor"]


@pytest.mark.parametrize(
    ("asked", "openings"),
    [
        (Conditions(rhythm="jig"), ["R:jig\n"]),
        (Conditions(meter="4/4"), ["M:4/4\n", "R:reel\nM:4/4\n"]),
        (
            Conditions(rhythm="reel", key="Am"),
            ["R:reel\nM:2/2\nL:1/8\nK:Am\n", "R:reel\nM:4/4\nL:1/8\nK:Am\n"],
        ),
    ],
)
def test_what_comes_before_a_condition_varies_as_it_does_in_tunes(
    asked: Conditions, openings: list[str]
) -> None:
    assert HEADERS.openings(asked) == openings


def test_values_that_no_tune_has_together_can_be_asked_for_together() -> None:
    assert HEADERS.openings(Conditions("jig", "4/4", "D")) == [
        "R:jig\nM:4/4\nL:1/4\nK:D\n",
        "R:jig\nM:4/4\nL:1/8\nK:D\n",
    ]


def test_a_person_may_spell_conditions_otherwise() -> None:
    assert Conditions.of("Double Jig", "C|", "E dorian") == Conditions("jig", "2/2", "Edor")


def test_a_value_that_the_run_has_never_seen_is_refused_with_those_it_knows() -> None:
    with pytest.raises(UsageError, match=r"--key C: .* it knows Am, D, Edor"):
        HEADERS.openings(Conditions(key="C"))


@pytest.mark.parametrize("key", ["H", "Fx", "dorian"])
def test_a_key_that_does_not_exist_is_refused(key: str) -> None:
    with pytest.raises(UsageError, match="no such key"):
        Conditions.of("", "", key)


def test_a_run_that_knows_no_headers_says_what_to_do() -> None:
    with pytest.raises(UsageError, match="train it anew"):
        Headers().openings(Conditions(meter="4/4"))
