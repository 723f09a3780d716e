import pytest

from tests.support.tunes import parse_tune
from tuneloom.corpus.playback.notation.measures import Measure, measures_of


def measures(music: str) -> list[Measure]:
    [voice] = parse_tune(f"X:1\nT:\nM:4/4\nL:1/4\nK:C\n{music}\n").voices
    return measures_of(voice, voice.notes())


@pytest.mark.parametrize(
    ("music", "repeats"),
    [
        ("|:C4|D4:|", "|:. .:|"),
        ("C4:|:D4:|", ".:| |:.:|"),
        ("C4| :|D4|", ".:| ."),
        ("[|:C4:|]", "|:.:|"),
    ],
)
def test_repeat_signs_are_at_the_measures_that_they_embrace(music: str, repeats: str) -> None:
    shown = [
        f"{'|:' * m.begins_repeat}.{':|' * bool(m.line and m.line.ends_repeat)}"
        for m in measures(music)
    ]
    assert " ".join(shown) == repeats


def test_endings_begin_and_close_with_their_measures() -> None:
    found = measures("|:C4|1D4:|2E4|F4||G4|")
    assert [m.volta for m in found] == ["", "1", "2", "", ""]
    assert [m.ends_volta for m in found] == [True, True, False, True, False]


def test_an_overlay_is_in_the_measure_that_it_sounds_with() -> None:
    found = measures("C4|D4 & E4|F4|")
    assert [dict(m.layers) for m in found] == [{0: [0]}, {0: [1], 1: [2]}, {0: [3]}]


def test_fields_know_how_many_notes_precede_them() -> None:
    [first, second] = measures("[K:G]C2[K:D]D2|\nM:3/4\n|:E3:|")
    assert [(before, field.value) for before, field in first.fields] == [(0, "G"), (1, "D")]
    assert [(before, field.value) for before, field in second.fields] == [(0, "3/4")]
