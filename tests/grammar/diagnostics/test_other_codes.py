"""The codes that are neither syntax errors nor rules have pages, and their examples are right."""

import pytest

from tuneloom.grammar.checking.levels import all_codes
from tuneloom.grammar.checking.pages import code_page, codes_of_origin, explained_codes
from tuneloom.grammar.diagnostics.other_codes import CODE_ORIGINS, OTHER_CODES
from tuneloom.grammar.repairs import REPAIRS, Repair, repair

MUSIC = "X:1\nT:One\nK:D\n{}\n"
HEADER = "X:1\nT:One\n{}\nK:D\nABc|\n"


def test_none_is_a_code_of_check_as_well() -> None:
    assert OTHER_CODES.keys().isdisjoint(all_codes())


def test_the_codes_of_all_origins_are_those_of_the_table() -> None:
    assert frozenset().union(*map(codes_of_origin, CODE_ORIGINS)) == OTHER_CODES.keys()


@pytest.mark.parametrize("code", OTHER_CODES)
def test_a_page_says_what_it_means_why_and_what_would_be_right(code: str) -> None:
    text = code_page(code)
    other = OTHER_CODES[code]
    assert text.startswith(f"# {code}\n")
    for part in (other.message[1:], other.why, other.help, other.bad, other.good):
        assert part in text


@pytest.mark.parametrize(
    ("code", "tune"),
    [
        ("quoted-printable", MUSIC),
        ("blank-chord-symbol", MUSIC),
        ("y-header", HEADER),
    ],
)
def test_the_repair_makes_of_a_bad_example_the_good_one(code: str, tune: str) -> None:
    other = OTHER_CODES[code]
    repaired = repair(tune.format(other.bad), unsafe=True)
    assert repaired.codes == (code,)
    assert repaired.text == tune.format(other.good)


def test_a_repair_of_an_extension_has_a_page() -> None:
    REPAIRS.register(
        "roll", Repair("roll", "double-tilde", "`~~` is a roll", "notes", lambda text, _: text)
    )
    try:
        assert "double-tilde" in explained_codes()
        assert "`~~` is a roll (safe)" in code_page("double-tilde")
        assert "double-tilde" in codes_of_origin("repairs")
    finally:
        REPAIRS.unregister("roll")
