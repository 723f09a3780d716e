"""Whole tunes as they are played, and the limits of that."""

from fractions import Fraction
from time import process_time

import pytest

from tests.grammar.performance.playing import perform
from tuneloom.grammar.performance.perform import MAX_PLAYED_BARS, MAX_PLAYED_ELEMENTS

TWO_VOICES = "V:1\n|:C|D:|\nV:2\n{}\n"


def test_the_bars_of_a_voice_come_in_playing_order() -> None:
    performance = perform("|:C|D:|E|")
    [bars] = performance.bars
    # The first bar as written is what precedes the first `|:`.
    assert [(bar.bar, bar.onset) for bar in bars] == [
        (1, Fraction(0)),
        (2, Fraction(1, 4)),
        (1, Fraction(1, 2)),
        (2, Fraction(3, 4)),
        (3, Fraction(1)),
    ]
    assert performance.duration == Fraction(5, 4)


def test_voices_sound_together() -> None:
    performance = perform(TWO_VOICES.format("|:E|F:|"))
    assert [(e.onset, e.voice, e.pitch) for e in performance.events[:4]] == [
        (Fraction(0), 0, 60),
        (Fraction(0), 1, 64),
        (Fraction(1, 4), 0, 62),
        (Fraction(1, 4), 1, 65),
    ]
    assert [e.note for e in performance.events[:4]] == [0, 2, 1, 3]


def test_a_voice_without_repeats_takes_those_of_the_first_that_has_them() -> None:
    performance = perform(TWO_VOICES.format("E|F|"))
    assert [bar.bar for bar in performance.bars[1]] == [0, 1, 0, 1]


def test_a_voice_of_other_bars_keeps_its_own_order() -> None:
    performance = perform(TWO_VOICES.format("Z2|E|F|G|"))
    assert [bar.bar for bar in performance.bars[1]] == [0, 1, 2, 3]


def test_a_part_begins_in_all_voices_at_once() -> None:
    music = "V:1\n[P:A]C|[P:B]D|\nV:2\n[P:A]E2|[P:B]F|"
    events = perform(music, "P:AB\nM:1/4\nL:1/4\n").events
    assert [e.onset for e in events] == [0, 0, Fraction(1, 2), Fraction(1, 2)]


def test_a_tune_without_notes_is_silent() -> None:
    performance = perform("")
    assert (performance.bars, performance.events, performance.complete) == (((),), (), True)
    assert performance.duration == 0


@pytest.mark.parametrize(
    ("music", "header"),
    [
        ("P:A\n" + "C|" * 100, "P:((((A9)9)9)9)9\n"),
        ("P:A\nC|", "P:" + "(" * 5000 + "A" + ")9" * 5000 + "\n"),
        ("|:" + "C|" * 500 + "[1-9999D:|", ""),
        ("|:" + "C" * 20000 + "[1-9999D:|", ""),
        ("".join(f"C{n}/{n + 1}|" for n in range(1000, 9000, 7)), ""),
    ],
)
def test_a_performance_beyond_the_limits_is_cut_short(music: str, header: str) -> None:
    start = process_time()
    performance = perform(music, header)
    assert not performance.complete
    assert sum(map(len, performance.bars)) <= MAX_PLAYED_BARS
    assert len(performance.events) <= MAX_PLAYED_ELEMENTS
    assert process_time() - start < 20


def test_a_short_text_makes_no_long_performance() -> None:
    performance = perform("P:A\nCDEF|GABc|", "P:(((A9)9)9)9\n")
    assert not performance.complete
    assert len(performance.bars[0]) < 600


@pytest.mark.parametrize(
    "music",
    [
        "!D.C.!C|" * 5000,
        "C|!segno!" + "D!D.S.!|" * 5000,
        "C||" * 20000,
        "C|1" * 15000 + "D|",
        "|:C|[" + "1-9999," * 8000 + "2D:|",
        "&" * 10000 + "C|",
    ],
    ids=["capo", "segno", "double", "endings", "volta", "overlays"],
)
def test_many_signs_take_little_time(music: str) -> None:
    start = process_time()
    perform(music)
    assert process_time() - start < 20
