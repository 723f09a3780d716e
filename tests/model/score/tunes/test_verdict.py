import pytest

from tuneloom.model.score.tunes.tune_set import DrawnText, TunebookTune
from tuneloom.model.score.tunes.verdict import judge_tune

JIG = "M:6/8\nL:1/8\nK:D\nA|dff cee|def gfe|dff cee|dfe dBA:|"


def test_a_whole_tune_is_parseable() -> None:
    assert judge_tune(DrawnText(JIG)).levels == ("parseable", "strict", "sound", "metrical")


def test_the_rhythm_may_stand_in_the_header() -> None:
    assert judge_tune(DrawnText("R:jig\n" + JIG)).errors == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (JIG + "\n\ndff cee|", "empty-line"),
        (JIG + "\n \t\ndff cee|", "empty-line"),
        ("\n" + JIG, "empty-line"),
        (JIG + "\nX:2\nK:D\ndff cee|", "second-tune"),
        ("M:6/8\nL:1/8\nK:D\nz6|z6|", "no-note"),
        ("M:6/8\nL:1/8\nK:D", "no-note"),
        ("M:6/8\nL:1/8\nK:H\nabc|", "bad-key"),
        ("abc|", "no-key"),
        ("", "no-key"),
        (JIG.replace("cee", "c ee 4"), "stray-number"),
    ],
)
def test_what_is_wrong_with_a_draw_has_a_code(text: str, code: str) -> None:
    assert judge_tune(DrawnText(text)).levels == ()
    assert judge_tune(DrawnText(text)).errors == (code,)


def test_a_draw_that_was_cut_off_is_not_parseable_however_good_it_looks() -> None:
    assert judge_tune(DrawnText(JIG, finished=False)).errors == ("unfinished",)


def test_a_chord_is_notes() -> None:
    assert "parseable" in judge_tune(DrawnText("M:6/8\nL:1/8\nK:D\n[DFA]6|")).levels


def test_a_grace_note_alone_is_no_note() -> None:
    assert judge_tune(DrawnText("M:6/8\nL:1/8\nK:D\n{g}z6|")).errors == ("no-note",)


def test_a_tune_of_a_tunebook_is_judged_by_the_grammar_and_the_rules_alone() -> None:
    assert "parseable" in judge_tune(TunebookTune("X:1\nT:Tacet\nK:D\nz4|\n")).levels
    assert judge_tune(TunebookTune("X:1\nT:Bad\nK:D\nA| 1 B|\n")).errors == ("detached-volta",)


def test_the_header_of_a_file_holds_for_its_tunes() -> None:
    assert judge_tune(TunebookTune("X:1\nT:Air\nK:D\nkA|\n")).errors == ("unknown-letter",)
    assert "parseable" in judge_tune(TunebookTune("X:1\nT:Air\nK:D\nkA|\n", "U:k=!trill!\n")).levels


def test_a_tune_may_be_sound_without_being_strict() -> None:
    verdict = judge_tune(TunebookTune("X:1\nT:Air\nM:4/4\nL:1/4\nK:D\nd2 -d2|\n"))
    assert verdict.levels == ("parseable", "sound", "metrical")
    assert verdict.errors == ("detached-tie",)
