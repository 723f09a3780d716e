"""Missing bar lines are written, and every note sounds as before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuneloom.grammar import Tune, parse
from tuneloom.grammar.canonical.equality import sound_alike
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.repairs import repair

HEADER = "X:1\nT:x\nM:2/4\nL:1/8\nK:F\n"
CODE = "missing-bar-line"


def read(text: str) -> Tune:
    parsed = parse(text)
    assert parsed.parseable
    return parsed.tune


@pytest.mark.parametrize(
    ("found", "repaired"),
    [
        ("c2f2|d4\nc2f2|\n", "c2f2|d4|\nc2f2|\n"),
        ("c2f2 | d4 % the end\nc2f2|\n", "c2f2 | d4| % the end\nc2f2|\n"),
        ("c2f2|d4 \\\nc2f2|\nd4|d4|d4|\n", "c2f2|d4| \\\nc2f2|\nd4|d4|d4|\n"),
        ("(c2f2\nd3c)|A4\nF4|\n", "(c2f2|\nd3c)|A4|\nF4|\n"),
        ("|:c2f2|d4\n{g}f4:|[1 d4|\ne4:|\n", "|:c2f2|d4|\n{g}f4:|[1 d4|\ne4:|\n"),
        ("c2[FA]2\n(3ABc d2|A4|\n", "c2[FA]2|\n(3ABc d2|A4|\n"),
        ("A4|A4|A4|A4|c2f2d4|\n", "A4|A4|A4|A4|c2f2|d4|\n"),
        ("G2|A4|A4|A4|A4|c2f2d2:|\n", "G2|A4|A4|A4|A4|c2f2|d2:|\n"),
        ("V:1\nA4\nA4|\nV:2\nF4\nF4|\n", "V:1\nA4|\nA4|\nV:2\nF4|\nF4|\n"),
    ],
)
def test_a_bar_line_is_written_where_the_bar_is_full(found: str, repaired: str) -> None:
    result = repair(HEADER + found)
    assert result.text == HEADER + repaired
    assert result.codes == (CODE,)
    assert sound_alike(read(HEADER + found), read(HEADER + repaired))


@pytest.mark.parametrize(
    ("found", "repaired"),
    [
        ("c2^c2\nd2c2|\n", "c2^c2|\nd2^c2|\n"),
        ("c2^c2\nc2c2|\n", "c2^c2|\n^c2c2|\n"),
        ("c2^c2\n=c2c2|\n", "c2^c2|\n=c2c2|\n"),
        ("=B2B2\nd2B2|\n", "=B2B2|\nd2=B2|\n"),
        ("c2^c2\nd2c2\nc4|\n", "c2^c2|\nd2^c2|\n^c4|\n"),
        ("c2^c2-\nc2c2|\n", "c2^c2-|\nc2^c2|\n"),
        ("c2[^ce]2-\n[ce]2c2|\n", "c2[^ce]2-|\n[ce]2^c2|\n"),
        ("c2{^f}g2\nd2f2|\n", "c2{^f}g2|\nd2^f2|\n"),
        ("c2^c2\n{cd}e4|\n", "c2^c2|\n{^cd}e4|\n"),
        ("c2^c2\n[ceg]4|\n", "c2^c2|\n[^ceg]4|\n"),
        ("^c^C^fF\ncCfF|\n", "^c^C^fF|\n^c^C^fF|\n"),
        ("^f4\nd2F2|\n", None),
        ("^c4\n[K:C]c4|\n", "^c4|\n[K:C]c4|\n"),
    ],
)
def test_accidentals_that_it_ends_are_written_again(found: str, repaired: str | None) -> None:
    assert repair(HEADER + found).text == HEADER + (repaired or found)


def test_an_accidental_of_another_octave_is_written_again_on_request_alone() -> None:
    found = HEADER + "^f4\nd2F2|\n"
    assert repair(found).text == found
    assert repair(found, unsafe=True).text == HEADER + "^f4|\nd2^F2|\n"


def test_under_chord_symbols_a_bar_line_is_written_on_request_alone() -> None:
    found = HEADER + '"F"A4\n"C"G4|"^slow"A4|\n'
    assert repair(found).text == found
    assert repair(found, unsafe=True).text == HEADER + '"F"A4|\n"C"G4|"^slow"A4|\n'


def test_a_bar_line_that_would_shift_words_is_not_written() -> None:
    found = HEADER + "A4\nG4|A4|\nw:one | two three |\n"
    assert repair(found).text == found
    assert CODE in {d.code for d in check_tune(found)}


def test_words_that_need_no_bars_stay_with_their_notes() -> None:
    found = HEADER + "A4\nG4|A4|\nw:one two three\n"
    assert repair(found).text == found.replace("A4\n", "A4|\n", 1)


def test_a_bar_line_is_not_written_into_what_a_macro_stands_for() -> None:
    found = "X:1\nT:x\nM:2/4\nL:1/8\nm:~A4=A2AA\nK:F\n~A4\nG4|\n"
    assert repair(found).text == found


def test_the_header_may_grow_by_another_repair() -> None:
    found = "T:x\nM:2/4\nL:1/8\nK:F\nA4\nG4|\n"
    assert repair(found, 7).text == f"X:1\n{found}".replace("A4", "A4|")
    assert repair(found, 7).codes == ("missing-reference", CODE)


def test_a_finding_says_that_it_can_be_repaired() -> None:
    (found,) = (d for d in check_tune(HEADER + "A4\nG4|A4|\n", 11) if d.level == "metrical")
    assert (found.code, found.line, found.column, found.repairable) == (CODE, 16, 1, True)


def test_the_text_that_is_repaired_needs_no_further_repair() -> None:
    once = repair(HEADER + "c2^c2\nd2c2\nc4|c4|\n").text
    assert repair(once).text is once
    assert check_tune(once) == ()


def test_bars_that_are_divided_count_as_full_ones_in_the_same_repair() -> None:
    once = repair(HEADER + "c2C2 \\\nc2c2|c2c2|c2c2|c2c2\nc4|]\n").text
    assert once == HEADER + "c2C2| \\\nc2c2|c2c2|c2c2|c2c2|\nc4|]\n"


PITCHES = st.sampled_from(["c", "^c", "=c", "C", "d", "_d", "B", "=B", "^B"])
NOTES = st.one_of(
    PITCHES,
    st.lists(PITCHES, min_size=2, max_size=3).map(lambda notes: f"[{''.join(notes)}]"),
    st.tuples(PITCHES, PITCHES).map(lambda pair: f"{{{pair[0]}}}{pair[1]}"),
)
BARS = st.one_of(
    st.lists(NOTES, min_size=4, max_size=4).map("".join),
    st.tuples(NOTES, NOTES).map("2".join).map("{}2".format),
    st.tuples(NOTES, NOTES).map(lambda two: f"{two[0]}3/2{two[1]}/2z2"),
)
ENDS = st.sampled_from(["|", "|\n", "\n", "-|", "-\n", " \\\n"])


@settings(deadline=None)
@given(st.lists(st.tuples(BARS, ENDS), min_size=3, max_size=12))
def test_a_tune_sounds_as_before_whatever_bar_lines_it_lacks(bars: list[tuple[str, str]]) -> None:
    text = HEADER + "".join(f"{bar}{end}" for bar, end in bars) + "c4|]\n"
    found = parse(text)
    if found.parseable:
        result = repair(text)
        assert result.parsed.parseable
        assert sound_alike(found.tune, result.parsed.tune)
        assert repair(result.text).text == result.text
