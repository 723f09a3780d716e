import pytest

from grammar import parse
from grammar.repairs import REPAIRS, repair

HEADER = "X:1\nT:x\nK:D\n"


@pytest.mark.parametrize(
    ("code", "found", "repaired"),
    [
        ("line-end-bang", "AB|!\n", "AB|\n"),
        ("blank-chord-symbol", '" "AB|\n', "AB|\n"),
        ("detached-tie", "c2 -c2|\n", "c2- c2|\n"),
        ("detached-tie", "[CE]2 -[CE]|\n", "[CE]2- [CE]|\n"),
        ("detached-volta", "A| 1 B:| 2 c|\n", "A|1 B:|2 c|\n"),
        ("old-chord", "+CEG+A|\n", "[CEG]A|\n"),
        ("reserved-character", "A*B#|\n", "AB|\n"),
    ],
)
def test_a_repair_changes_music_and_says_so(code: str, found: str, repaired: str) -> None:
    result = repair(HEADER + found)
    assert result.text == HEADER + repaired
    assert result.codes == (code,)
    assert parse(result.text).parseable


def test_a_part_order_in_a_header_field_of_its_own_becomes_the_standard_one() -> None:
    assert repair("X:1\nY:AB\nK:D\nA|\n").text == "X:1\nP:AB\nK:D\nA|\n"


@pytest.mark.parametrize(
    "text",
    [
        HEADER + '"*#" A "c -c" B|\nw:la - la * !\nN:what; now?\n',
        HEADER + "!+!A [r: a * b]c|\n",
        HEADER + "A|1 B:|2 c- c|\n% a comment * !\n",
    ],
)
def test_what_needs_no_repair_comes_back_as_it_was(text: str) -> None:
    assert repair(text).text is text
    assert repair(text).codes == ()


def test_a_digit_that_is_no_volta_is_not_moved_to_the_bar_line() -> None:
    assert repair(HEADER + "A| 3ABc|\n").codes == ()


def test_every_repair_has_a_code_of_its_own() -> None:
    assert len({rule.code for rule in REPAIRS}) == len(REPAIRS)
