import os
import signal

import pytest

from tuneloom.model.score.tunes.analysis import analyse_tunes
from tuneloom.model.score.tunes.playing import is_playable, playable_sample
from tuneloom.model.score.tunes.tune_set import DrawnText

JIG = "M:6/8\nL:1/8\nK:D\nA|:dff cee|(3def g- gfe|1dff cee:|2[Ad]3 dBA|]"


def test_a_tune_of_which_both_programs_play_the_same_notes_is_playable() -> None:
    assert is_playable(JIG + "\n")


@pytest.mark.parametrize("text", ["M:6/8\nL:1/8\nK:D\nz6|\n", "no tune"])
def test_what_has_no_notes_is_not_playable(text: str) -> None:
    assert not is_playable(text)


def test_other_numbers_of_notes_are_not_playable() -> None:
    assert not is_playable(JIG + "\n", count_notes=lambda _: 3)


def test_a_sample_of_the_parseable_tunes_is_played() -> None:
    tunes = analyse_tunes([DrawnText(JIG), DrawnText("K:D\nA| 1"), DrawnText(JIG + "d6|")])
    assert playable_sample(tunes, 10) == {0: True, 2: True}
    assert len(playable_sample(tunes, 1)) == 1


def end_process(_: str) -> bool:
    os.kill(os.getpid(), signal.SIGPROF)
    return True


def test_a_program_that_ends_the_process_costs_one_tune_its_level() -> None:
    tunes = analyse_tunes([DrawnText(JIG), DrawnText(JIG + "d6|")])
    assert playable_sample(tunes, 2, play=end_process) == {0: False, 1: False}
