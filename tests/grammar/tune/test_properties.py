"""Clef, octave and transposition in K: and V:, and what they do to the pitches (4.6, 7.1)."""

import pickle
from fractions import Fraction

import pytest

from tests.support.tunes import parse_tune
from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.canonical.formatter import format_tune
from tuneloom.grammar.tune.elements import Note
from tuneloom.grammar.tune.properties import Clef, VoiceProperties, parse_properties


def pitches(header: str, body: str = "FGAB|", voice: int = 0) -> list[int]:
    tune = parse_tune(f"X:1\nT:x\nM:4/4\nL:1/4\n{header}\n{body}\n")
    bars = tune.voices[voice].bars
    return [e.pitch for bar in bars for e in bar.elements if isinstance(e, Note)]


def test_properties_come_in_any_order() -> None:
    text = 'middle=B, octave=+1 bass3-8 name="Left hand" transpose=-2 stafflines=4 stem=up kind=x'
    assert parse_properties(text) == VoiceProperties(
        Clef("bass", 3, -1), "B,", 1, -2, 4, "Left hand", "", "up", (("kind", "x"),)
    )
    assert parse_properties("t=2\tclef=alto").transpose == 2
    assert parse_properties("clef = bass octave = -1") == VoiceProperties(Clef("bass"), octave=-1)
    assert parse_properties("octave=high words") == VoiceProperties()


@pytest.mark.parametrize(
    ("clef", "octaves"),
    [("treble+8", 1), ("clef=treble-8", -1), ('clef="bass-8"', -1), ("tenor", 0), ("treble8", 0),
     ("treble_8", 0), ("alto4+15", 2), ("Treble-8", -1)],
)  # fmt: skip
def test_a_clef_with_a_sign_and_8_sounds_an_octave_away(clef: str, octaves: int) -> None:
    assert parse_properties(clef).transposition == 12 * octaves


@pytest.mark.parametrize(
    "key",
    ["G clef=treble", "G\tclef=treble", "G bass", "G  clef=bass middle=d", "G stafflines=1", "G modal",
     "Gmaj middle=B", "G m=B", "G some words", "D =c bass", "C bass ^f", "Gmajor\tclef=alto"],
)  # fmt: skip
def test_what_follows_a_key_does_not_take_its_sharp_away(key: str) -> None:
    assert pitches(f"K:{key}") == [66, 67, 69, 71]


def test_flats_and_modes_keep_their_signature_before_a_clef() -> None:
    assert pitches("K:Bb bass") == pitches("K:Bbmaj middle=B") == [65, 67, 69, 70]
    assert pitches("K:Am clef=treble") == [65, 67, 69, 71]
    assert pitches("K:D exp _b clef=bass") == [65, 67, 69, 70]


@pytest.mark.parametrize(
    ("fields", "first"),
    [
        ("K:C treble-8", 53), ("K:C octave=-1", 53), ("K:C clef=bass+8", 77), ("K:C transpose=-2", 63),
        ("K:C t=3", 68), ("K:none treble-8", 53), ("K:treble-8", 53), ("K:C treble-8 octave=1", 65),
        ("K:HP octave=1", 78), ("V:1 clef=treble-8\nK:C", 53), ("V:1\ttranspose=2\nK:C", 67),
        ("V:1 clef=treble\nK:C treble-8", 65), ("V:1 octave=1\nK:C treble-8", 65), ("K:C middle=d", 65),
    ],
)  # fmt: skip
def test_clef_octave_and_transposition_move_what_sounds(fields: str, first: int) -> None:
    assert pitches(fields)[0] == first


def test_a_clef_alone_keeps_the_key_and_a_key_alone_keeps_the_clef() -> None:
    body = "F[K:clef=bass]F[K:treble-8]F[K:C]F[K:clef=treble]F[K:]F[K:G]F[K:none]F|"
    assert pitches("K:G", body) == [66, 66, 54, 53, 65, 65, 66, 65]


def test_a_change_of_clef_keeps_the_accidentals_of_the_bar() -> None:
    assert pitches("K:C", "^F[K:clef=bass]F[K:C]F|") == [66, 66, 65]


def test_properties_may_follow_in_the_body_and_belong_to_their_voice() -> None:
    body = "V:1\nF|\nV:2 clef=treble-8\nF|\nV:1 octave=1\nF[V:2]F|"
    assert pitches("V:1\nV:2\nK:C", body) == [65, 77]
    assert pitches("V:1\nV:2\nK:C", body, voice=1) == [53, 53]


def test_a_tab_parts_a_voice_from_its_properties() -> None:
    tune = parse_tune("X:1\nT:x\nL:1/4\nV:1\tclef=bass\nK:C\n[V:1]C4|]\n")
    assert [voice.id for voice in tune.voices] == ["1"]


def test_the_only_voice_of_a_header_has_the_music_without_v() -> None:
    [voice] = parse_tune("X:1\nT:x\nV:1 name=Fiddle\nK:C\nCDEF|\n").voices
    assert (voice.id, voice.properties.name, len(voice.bars)) == ("1", "Fiddle", 1)


def test_fields_between_key_and_first_voice_hold_for_all_voices() -> None:
    text = "X:1\nT:x\nV:1\nV:2\nK:D\nL:1/4\nK:G\nM:3/4\nV:1\nFC|\nV:2\nFC|\nV:3\nFC|\n"
    for voice in parse_tune(text).voices:
        notes = [e for e in voice.bars[0].elements if isinstance(e, Note)]
        assert [note.pitch for note in notes] == [66, 60]
        assert {note.duration for note in notes} == {Fraction(1, 4)}


def test_of_repeated_fields_in_the_header_the_last_holds() -> None:
    tune = parse_tune("X:1\nT:One\nT:Two\nM:C\nM:3/4\nL:1/4\nL:1/8\nQ:120\nQ:1/4=60\nK:C\nC|\n")
    assert (tune.meter, tune.unit_note_length) == ("3/4", Fraction(1, 8))
    assert [tune.field(letter) for letter in "TMLQ"] == ["One", "3/4", "1/8", "1/4=60"]


@pytest.mark.parametrize(
    ("directive", "expected"),
    [
        ("%%propagate-accidentals not", [66, 65, 77, 65]),
        ("I:propagate-accidentals not", [66, 65, 77, 65]),
        ("%%propagate-accidentals\toctave  % in its octave", [66, 66, 77, 66]),
        ("I:propagate-accidentals octave", [66, 66, 77, 66]),
        ("%%propagate-accidentals pitch", [66, 66, 78, 66]),
        ("%%propagate-accidentals otherwise", [66, 66, 78, 66]),
    ],
)
def test_a_directive_says_for_what_an_accidental_holds(directive: str, expected: list[int]) -> None:
    assert pitches(f"{directive}\nK:C", "^FFfF|") == expected
    assert pitches("K:C", f"{directive}\n^FFfF|") == expected


def test_a_directive_holds_from_its_place_on() -> None:
    body = "^FF|\n%%propagate-accidentals not\n^FF|[I:propagate-accidentals pitch]^FF|"
    assert pitches("K:C", body) == [66, 66, 66, 65, 66, 66]


def test_the_formatter_keeps_clefs_and_directives() -> None:
    text = "X:1\nT:x\nL:1/4\nV:1 clef=treble-8\n%%propagate-accidentals not\nK:G  clef=bass  middle=d\n"
    text += "[V:1]^F1F|[K:clef=alto]A|\n"
    formatted = format_tune(text)
    assert "K:G clef=bass  middle=d\n" in formatted
    assert "^FF|[K:clef=alto]A|" in formatted
    assert musically_equal(parse_tune(text), parse_tune(formatted))


def test_a_tune_can_be_pickled_and_has_a_short_repr() -> None:
    tune = parse_tune("X:1\nT:The Fox\nL:1/4\nV:1 clef=treble-8\nK:G bass\nFG|A4|]\n")
    assert pickle.loads(pickle.dumps(tune)) == tune
    assert repr(tune) == "<Tune X:1 'The Fox', K:Gmaj, M:none, 2 bars, 1 voice>"
