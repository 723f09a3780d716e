"""What the rules for repeats, ties, slurs and tuplets find, and that they find nothing in sound tunes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.corpus.record import RawTune
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.checking.levels import codes_of_level, own_codes

HEADER = "X:1\nT:T\nM:4/4\nL:1/8\nK:D\n"
SECTIONS = (
    "ABcd efga|",
    "|:gfed cBAG|d8:|",
    "(AB) c2 d4|",
    "(3ABc d2 e4-|e8|",
    "|:A8|1 B8:|2 d8||",
)


def messages(body: str) -> list[str]:
    return [d.message for d in check_tune(HEADER + body, codes=own_codes("sound"))]


@given(st.lists(st.sampled_from(SECTIONS), min_size=1, max_size=8))
def test_sound_sections_in_any_order_make_a_sound_tune(sections: Sequence[str]) -> None:
    assert messages("\n".join(sections) + "\n") == []


@given(st.text("()", min_size=1, max_size=12))
def test_each_bracket_without_a_partner_is_found_once(brackets: str) -> None:
    depth = alone = 0
    for bracket in brackets:
        depth += 1 if bracket == "(" else -1
        if depth < 0:
            depth, alone = 0, alone + 1
    body = "".join("(c" if bracket == "(" else "c)" for bracket in brackets)
    assert len(messages(body + "|\n")) == depth + alone


def test_a_start_sign_in_an_open_section_is_found_at_the_sign_that_stays_open() -> None:
    (found,) = check_tune(HEADER + "|:A8|B8|:c8:|\n", codes={"unclosed-repeat"})
    assert (found.line, found.column, found.span.end_column) == (6, 1, 3)
    assert found.message == "the repeat that starts here does not end before the next one starts"


def test_an_end_sign_without_a_start_repeats_from_the_last_boundary() -> None:
    assert messages("A8|B8:|c8|d8:|\n") == []


def test_a_tie_at_an_end_sign_may_lead_back_to_the_start_or_on_to_the_next_ending() -> None:
    assert messages("|:A8|1 B4 A4-:|2 d8|]\n") == []
    assert messages("|:A8|d8-|1 d8:|2 d8|]\n") == []


def test_a_tie_to_another_pitch_names_both() -> None:
    assert messages("f4-g4|\n") == ["this tie leads from ^f to another pitch, g"]


def test_slurs_written_as_ties_are_counted() -> None:
    assert messages("f4-g4|a4-b4|e4-d4|\n") == [
        "all 3 ties of this tune lead to other pitches, this one from ^f to g"
    ]
    assert messages("f4-f4|f4-g4|a4-b4|e4-d4|\n") == [
        "3 of the 4 ties of this tune lead to other pitches, this one from ^f to g"
    ]


def test_a_tie_may_be_spelt_in_two_ways() -> None:
    assert messages("^A4-_B4|\n") == []


def test_slurs_are_counted_apart_from_tuplets_and_overlays() -> None:
    assert messages("(3ABc d2 (ef) g2 & (A4 B4)|\n") == []


def test_numbers_of_endings_may_be_any_that_the_grammar_takes() -> None:
    assert messages("|:A8|1-1-2 B8:|3 c8|[9-2 d8|\n") == []
    assert messages("|:A8|1,3-1 B8:|2 c8|\n") == []


def test_a_tuplet_cut_short_says_how_many_notes_it_has() -> None:
    assert messages("c4 d2 (3AB|c8|\n") == ["this tuplet asks for 3 notes, and has 2"]


@pytest.mark.slow
def test_few_tunes_of_an_edited_collection_are_parseable_and_not_sound(
    real_tunes: Callable[[str], list[RawTune]],
) -> None:
    tunes = real_tunes("nottingham/ABC_original")
    levels = codes_of_level("sound")
    errors = [
        {d.level for d in check_tune(t.text, codes=levels) if d.severity == "error"} for t in tunes
    ]
    assert sum(found == {"sound"} for found in errors) <= 0.006 * len(tunes)
