"""A little of each benchmark of what must hold whatever comes."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.steady.constructs import CONSTRUCTS
from benchmarks.steady.fuzz import Fuzzing
from benchmarks.steady.growth import READINGS, ratio_of
from benchmarks.steady.kills import KILLED_COMMANDS, kill_often
from benchmarks.steady.tamper import Tampering
from tests.house.source_tree import ROOT

TUNES = [
    "X:1\nT:The Even Jig\nR:jig\nM:6/8\nL:1/8\nK:D\n|:dff cee|def gfe|dff cee|dfe dBA:|\n",
    'X:2\nT:A Waltz\nM:3/4\nL:1/4\nK:Am\n"Am"A2B|(3cde d2|[1e2-e:|[2A3|]\nw:one two\n',
]


def test_a_hundred_random_texts_and_books_do_no_harm() -> None:
    fuzzing = Fuzzing(TUNES, random.Random(2027))
    assert fuzzing.first_failure(60, texts=100) == ""
    assert fuzzing.texts == 100
    assert fuzzing.books > 10
    assert fuzzing.trials > 400


def test_twenty_damaged_data_sets_and_runs_are_refused_or_read(tmp_path: Path) -> None:
    tampering = Tampering(tmp_path, random.Random(2027))
    assert list(tampering.failures(20)) == []
    assert tampering.refused + tampering.read == 20
    assert tampering.refused


@pytest.mark.slow
@pytest.mark.parametrize("name", KILLED_COMMANDS)
def test_a_killed_command_loses_nothing_and_its_next_run_leaves_nothing(
    tmp_path: Path, name: str
) -> None:
    killed, problems = kill_often(KILLED_COMMANDS[name], tmp_path, 1, random.Random(7))
    assert (killed, problems) == (1, [])


@pytest.mark.slow
def test_training_that_is_killed_goes_on_as_if_it_had_not_been() -> None:
    command = [sys.executable, "-m", "benchmarks", "kills", "--count", "2", "train"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert "train: killed 2 of 2 times, 0 failures" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize(
    "name",
    ["||", ":||:", "[|, then an error", "BA-||", "header K:D", "lines w:a-b c_", "(", '"Am"A', "macros",
     "[M:3/4]A| and a note", "text strings", "slurs across lines", "tunes"],
)  # fmt: skip
def test_ten_times_as_much_takes_about_ten_times_as_long(name: str) -> None:
    """What grows with the square takes a hundred times as long."""
    assert name in CONSTRUCTS
    for reading in ("check", "repair"):
        assert ratio_of(READINGS[reading], name, 100) < 30, reading
