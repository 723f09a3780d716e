"""When notes sound, how long and how high."""

from fractions import Fraction

import pytest

from tests.grammar.performance.playing import perform


def sounds(music: str, header: str = "M:4/4\nL:1/4\n") -> list[tuple[Fraction, Fraction, int]]:
    return [(e.onset, e.duration, e.pitch) for e in perform(music, header).events]


def test_notes_follow_one_another() -> None:
    assert sounds("C2z(3DEF|^F") == [
        (Fraction(0), Fraction(1, 2), 60),
        (Fraction(3, 4), Fraction(1, 6), 62),
        (Fraction(11, 12), Fraction(1, 6), 64),
        (Fraction(13, 12), Fraction(1, 6), 65),
        (Fraction(5, 4), Fraction(1, 4), 66),
    ]


def test_the_notes_of_a_chord_sound_together_each_for_its_time() -> None:
    assert sounds("[CE2]G|") == [
        (Fraction(0), Fraction(1, 4), 60),
        (Fraction(0), Fraction(1, 2), 64),
        (Fraction(1, 4), Fraction(1, 4), 67),
    ]


@pytest.mark.parametrize(
    ("music", "durations"),
    [
        ("C2-|C2|", [1]),
        ("C-C-C C|", [Fraction(3, 4), Fraction(1, 4)]),
        ("C-D|", [Fraction(1, 4), Fraction(1, 4)]),
        ("C-zC|", [Fraction(1, 4), Fraction(1, 4)]),
        ("[CE]-[CE]|", [Fraction(1, 2), Fraction(1, 2)]),
        ("[C-E]C|", [Fraction(1, 2), Fraction(1, 4)]),
        ("C2-:|", [Fraction(1), Fraction(1, 2)][:1]),
        ("|:C-|1C:|2C2|", [Fraction(1, 2), Fraction(3, 4)]),
    ],
)
def test_a_tie_makes_one_event_of_two_notes(music: str, durations: list[Fraction]) -> None:
    assert [duration for _, duration, _ in sounds(music)] == durations


def test_overlays_begin_with_their_bar() -> None:
    assert sounds("C4|D4&E2F2|G4|") == [
        (Fraction(0), Fraction(1), 60),
        (Fraction(1), Fraction(1), 62),
        (Fraction(1), Fraction(1, 2), 64),
        (Fraction(3, 2), Fraction(1, 2), 65),
        (Fraction(2), Fraction(1), 67),
    ]


def test_a_double_overlay_begins_one_bar_earlier() -> None:
    assert sounds("G4|F4&&D4|C4|B4|") == [
        (Fraction(0), Fraction(1), 62),
        (Fraction(0), Fraction(1), 67),
        (Fraction(1), Fraction(1), 60),
        (Fraction(1), Fraction(1), 65),
        (Fraction(2), Fraction(1), 71),
    ]


def test_overlays_in_brackets_span_bars() -> None:
    onsets = {pitch: onset for onset, _, pitch in sounds("C4|(&D4|E4&F4|G4&)|A4|")}
    assert onsets == {60: 0, 62: 1, 65: 1, 64: 2, 67: 2, 69: 3}


def test_grace_notes_take_no_time_and_go_with_their_note() -> None:
    [first, second] = perform("C{de}D|", "M:4/4\nL:1/4\n").events
    assert (first.graces, second.graces) == ((), (74, 76))
    assert second.onset == Fraction(1, 4)


@pytest.mark.parametrize(
    ("music", "onset"),
    [
        ("Z4|C|", 3),
        ("Z|[M:2/4]Z2|C|", Fraction(7, 4)),
        ("Z2|\nM:none\nZ|C|", Fraction(5, 2)),
        ("X|C|", Fraction(3, 4)),
    ],
)
def test_bars_of_rest_last_as_the_metre_says(music: str, onset: Fraction) -> None:
    assert sounds(music, "M:3/4\nL:1/4\n")[0][0] == onset


def test_a_change_of_unit_length_holds_from_there() -> None:
    assert [d for _, d, _ in sounds("C[L:1/8]C|\nL:1/2\nC|")] == [
        Fraction(1, 4),
        Fraction(1, 8),
        Fraction(1, 2),
    ]


def test_an_event_knows_its_note_in_the_tune() -> None:
    events = perform("|:C[DF]{g}E:|").events
    assert [e.note for e in events] == [0, 1, 1, 2, 0, 1, 1, 2]


def test_chord_symbols_are_reached_with_their_notes() -> None:
    chords = perform('"C"CD"G7"E2|"Am"|F4"^soft"|', "M:4/4\nL:1/4\n").chords
    assert [(c.onset, str(c.symbol)) for c in chords] == [
        (0, "C"),
        (Fraction(1, 2), "G7"),
        (1, "Am"),
    ]


def test_going_back_brings_the_chord_and_the_tempo_that_held_there() -> None:
    performance = perform('"C"C|[Q:1/4=80]|:D|"G"[Q:1/4=90]E:|')
    chords = [f"{c.onset * 4} {c.symbol}" for c in performance.chords]
    assert chords == ["0 C", "2 G", "3 C", "4 G"]
    tempos = [f"{t.onset * 4} {t.tempo.per_minute}" for t in performance.tempos]
    assert tempos == ["1 80", "2 90", "3 80", "4 90"]


def test_a_played_bar_knows_the_metre_that_holds_in_it() -> None:
    performance = perform("C4|[M:3/4]D3|\nM:2/4\n|:E2:|", "M:4/4\nL:1/4\n")
    assert [bar.meter for bar in performance.bars[0]] == ["4/4", "3/4", "2/4", "2/4"]
