"""What a parsed tune sounds like: exact durations and pitches."""

from fractions import Fraction

import pytest

from tests.support.tunes import parse_tune
from tuneloom.grammar import Tune, parse
from tuneloom.grammar.tune.elements import Chord, GraceGroup, Note, Rest
from tuneloom.grammar.tune.properties import Clef


def tune_of(body: str, header: str = "M:4/4\nL:1/8\nK:C\n") -> Tune:
    return parse_tune(f"X:1\n{header}{body}\n")


def timed(tune: Tune) -> list[Note | Chord | Rest]:
    return [e for bar in tune.bars for e in bar.elements if isinstance(e, Note | Chord | Rest)]


def durations(body: str, header: str = "M:4/4\nL:1/8\nK:C\n") -> list[Fraction]:
    return [element.duration for element in timed(tune_of(body, header))]


def pitches(body: str, key: str = "C") -> list[int]:
    return [e.pitch for e in timed(tune_of(body, f"L:1/8\nK:{key}\n")) if isinstance(e, Note)]


def eighths(*numbers: float) -> list[Fraction]:
    return [Fraction(number) / 8 for number in numbers]


def test_lengths_are_multiples_of_the_unit_note_length() -> None:
    assert durations("A A2 A3/2 A/ A/4 A// z4") == eighths(1, 2, 1.5, 0.5, 0.25, 0.25, 4)


def test_broken_rhythm_dots_one_note_and_shortens_the_other() -> None:
    assert durations("A>B A<B A>>B A2 > B2") == eighths(1.5, 0.5, 0.5, 1.5, 1.75, 0.25, 3, 1)


def test_broken_rhythm_looks_past_grace_notes_and_chord_symbols() -> None:
    assert durations('A>"G"{c}B c') == eighths(1.5, 0.5, 1)


def test_tuplets_squeeze_their_notes() -> None:
    assert durations("(3ABc d") == [Fraction(1, 12)] * 3 + eighths(1)
    assert durations("(3:2:2A2B c") == [Fraction(1, 6), Fraction(1, 12), Fraction(1, 8)]
    assert durations("(2AB", "M:6/8\nL:1/8\nK:C\n") == eighths(1.5, 1.5)


def test_a_chord_lasts_as_long_as_its_first_note_times_its_own_length() -> None:
    [chord] = timed(tune_of("[C2E]3/2"))
    assert isinstance(chord, Chord)
    assert chord.duration == Fraction(3, 8)
    assert [note.duration for note in chord.notes] == [Fraction(3, 8), Fraction(3, 16)]


@pytest.mark.parametrize(
    ("header", "unit"),
    [("M:2/4\n", 16), ("M:6/8\n", 8), ("M:C\n", 8), ("", 8), ("M:3/4\nL:1/4\n", 4)],
)
def test_without_a_unit_note_length_the_metre_decides(header: str, unit: int) -> None:
    assert durations("A", header + "K:C\n") == [Fraction(1, unit)]


def test_middle_c_is_sixty_and_octave_marks_move_by_twelve() -> None:
    assert pitches("C c c' C, C,, c,'") == [60, 72, 84, 48, 36, 72]


@pytest.mark.parametrize(
    ("key", "f", "b"),
    [("C", 65, 71), ("G", 66, 71), ("F", 65, 70), ("Ddor", 65, 71), ("Am", 65, 71), ("Amix", 66, 71),
     ("Edor", 66, 71), ("D exp _b", 65, 70), ("D =c ^f", 66, 71), ("HP", 66, 71), ("none", 65, 71),
     ("Cb", 64, 70), ("C clef=bass", 65, 71)],
)  # fmt: skip
def test_the_key_alters_its_letters(key: str, f: int, b: int) -> None:
    assert pitches("FB", key) == [f, b]


def test_an_accidental_lasts_for_its_bar_in_every_octave() -> None:
    assert pitches("^F F f|F =F") == [66, 66, 78, 65, 65]


def test_a_tie_carries_an_accidental_over_the_bar_line_for_one_note() -> None:
    assert pitches("^F-|F F") == [66, 66, 65]


def test_a_change_of_key_counts_from_its_place() -> None:
    assert pitches("F [K:D] F|\nK:C\nF") == [65, 66, 65]


def test_grace_notes_take_no_time() -> None:
    tune = tune_of("{/ab}c")
    grace = tune.bars[0].elements[0]
    assert isinstance(grace, GraceGroup)
    assert grace.slashed
    assert [note.letter for note in grace.notes if isinstance(note, Note)] == ["A", "B"]
    assert durations("{/ab}c") == eighths(1)


def test_the_accidental_of_a_grace_note_lasts_for_the_bar() -> None:
    assert pitches("{^f}gf F|f") == [79, 78, 66, 77]


def test_voltas_hang_on_their_bar_lines_however_they_are_written() -> None:
    for body in ("A|1 B:|2 c|]", "A| [1 B:| [2 c|]", "A|[1 B:|[2 c|]"):
        lines = [bar.line for bar in tune_of(body).bars]
        assert [line.volta for line in lines if line] == ["1", "2", ""]


def test_the_header_keeps_its_fields_in_order() -> None:
    tune = tune_of("A|", "T:One\nT:Two\nR:reel\nK:Dmix\n")
    assert tune.field("T") == "One"
    assert [field.letter for field in tune.fields] == ["X", "T", "T", "R", "K"]
    assert (tune.key.tonic, tune.key.mode, tune.meter) == ("D", "mix", "none")


def test_voices_keep_their_own_metre_key_and_bars() -> None:
    header = 'L:1/8\nV:T1 clef=treble name="Tin whistle"\nV:B clef=bass\nK:G\n'
    tune = tune_of("[V:T1]FA|f2|\nV:B\nL:1/4\nF|[K:C]F|\nV:T1\nF|", header)
    treble, bass = tune.voices
    assert (treble.id, treble.properties.name) == ("T1", "Tin whistle")
    assert treble.properties.clef == Clef("treble")
    assert [bar.line is not None for bar in treble.bars] == [True, True, True]
    first, last = (
        [e for bar in voice.bars for e in bar.elements if isinstance(e, Note)]
        for voice in (treble, bass)
    )
    assert [(note.pitch, note.duration) for note in first][-1] == (66, Fraction(1, 8))
    assert [(note.pitch, note.duration) for note in last] == [
        (66, Fraction(1, 4)),
        (65, Fraction(1, 4)),
    ]
    assert tune.bars == treble.bars


def test_a_tune_without_voices_has_one_without_a_name() -> None:
    assert [voice.id for voice in tune_of("A|").voices] == [""]


def test_every_element_knows_its_place_in_the_source() -> None:
    text = 'X:1\nM:4/4\nK:C\nA "G"B|% first\n[ce]2 {d}c >d :|\n'
    parsed = parse(text, line=11)
    assert parsed.parseable
    first, second = parsed.tune.bars
    places = [parsed.place(first, index) for index in range(len(first.elements) + 1)]
    assert places == [(14, 1), (14, 2), (14, 3), (14, 6), (14, 7)]
    assert [parsed.place(second, index) for index in (1, 3, 4, 5, 6)] == [
        (15, 1), (15, 7), (15, 10), (15, 11), (15, 13),
    ]  # fmt: skip
    assert parsed.place(second, len(second.elements)) == (15, 15)


def test_slashes_go_on_halving() -> None:
    assert durations("a//// z///// [ac]//////") == eighths(1 / 16, 1 / 32, 1 / 64)
    [note] = timed(tune_of("a3" + "/" * 20))
    assert note.duration == Fraction(3, 8 * 2**20)


def test_grace_notes_may_come_before_the_arrows_of_a_broken_rhythm() -> None:
    assert tune_of("A{g}<A A2|]") == tune_of("A<{g}A A2|]")
    assert tune_of("[AC]{/f}{g} >> {a}z {g}|") == tune_of("[AC] >> {/f}{g}{a}z {g}|")
    assert durations("(3{g}A{g}BA{g}>A") == [Fraction(1, 12)] * 2 + [
        Fraction(1, 8),
        Fraction(1, 16),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("(10:8:10CDEFGABcde", [Fraction(1, 10)] * 10),
        ("(1:2:2CC C", eighths(2, 2, 1)),
        ("(12:8CDEF", [Fraction(1, 12)] * 4),
        ("(5:4CDEFG C", [Fraction(1, 10)] * 5 + eighths(1)),
        ("(13:12:1C D", [Fraction(12, 104), Fraction(1, 8)]),
    ],
)
def test_the_general_form_of_tuplets_takes_any_numbers(body: str, expected: list[Fraction]) -> None:
    assert durations(body) == expected
