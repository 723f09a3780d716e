"""Another unit note length, and the same music."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from tests.support.tunes import parse_tune
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.editing.tunes.unit_length import scale_unit_length
from tuneloom.grammar.source.source_edits import FIRST_LINE

DOUBLE, HALVE = Fraction(2), Fraction(1, 2)


def scaled(text: str, factor: Fraction, file_header: str = "") -> str:
    parsed = parse(text, FIRST_LINE, file_header)
    assert parsed.parseable
    return scale_unit_length(parsed, text, factor, file_header)


@pytest.mark.parametrize(
    ("found", "doubled"),
    [
        ("A A2 A3/2 A/ A// z2 x Z2|", "A/ A A3/4 A/4 A/8 z x/ Z2|"),
        ("[CE] [CE]2 [C2E2] [C2E]2 [C2E4]|", "[CE]/ [CE] [CE] [C2E] [CE2]|"),
        ("A2>B2 (3ABc A2-A2) {g2}A2 y2|", "A>B (3A/B/c/ A-A) {g2}A y2|"),
        ("A2[L:1/16]A2|", "A[L:1/8]A|"),
        ('"Am"A2 !turn!=c\'2 "^L:1/8"d2 % A2|', '"Am"A !turn!=c\' "^L:1/8"d % A2|'),
    ],
)
def test_lengths_are_written_in_the_new_unit(found: str, doubled: str) -> None:
    text = f"X:1\nL:1/8\nK:D\n{found}\nM:3/4\n"
    assert scaled(text, DOUBLE) == f"X:1\nL:1/4\nK:D\n{doubled}\nM:3/4\n"


def test_a_unit_that_the_metre_gives_is_written_down() -> None:
    assert scaled("X:1\nM:2/4\nK:D\nA2|\n", HALVE) == "X:1\nM:2/4\nL:1/32\nK:D\nA4|\n"
    assert scaled("X:1\nK:D\nA2|\n", DOUBLE, "L:1/4\n") == "X:1\nL:1/2\nK:D\nA|\n"


def test_a_tempo_in_units_says_its_beat() -> None:
    text = 'X:1\nL:1/8\nQ:"Slow" C3=40\nK:D\nA2[Q:120]A2|\n'
    assert scaled(text, DOUBLE) == 'X:1\nL:1/4\nQ:"Slow" 3/8=40\nK:D\nA[Q:120]A|\n'


def test_a_tune_whose_lengths_are_in_macros_is_refused() -> None:
    with pytest.raises(CannotEdit, match="note lengths"):
        scaled("X:1\nm:~n2=n{o}n\nL:1/8\nK:D\n~A2|\n", DOUBLE)


@pytest.mark.parametrize("collection", ["nottingham/ABC_cleaned", "irish"])
@pytest.mark.parametrize("factor", [DOUBLE, HALVE])
def test_real_tunes_sound_the_same(
    real_tunes: Callable[[str], list[RawTune]], collection: str, factor: Fraction
) -> None:
    for tune in real_tunes(collection)[::80]:
        if not parse(tune.text).parseable:
            continue
        after = scaled(tune.text, factor, tune.file_header)
        events = parse_tune(tune.text, tune.file_header).performance().events
        assert parse_tune(after, tune.file_header).performance().events == events
