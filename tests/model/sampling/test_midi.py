from pathlib import Path
from typing import Any

import pytest
from symusic import Score

from tuneloom.grammar.errors import UsageError
from tuneloom.model.sampling.generated import GeneratedTune
from tuneloom.model.sampling.midi import write_midi


def test_each_tune_that_can_be_played_becomes_a_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    tunes = {
        1: GeneratedTune("M:6/8\nL:1/8\nK:D\nABA ABA|\n", finished=True),
        2: GeneratedTune("M:6/8\nL:1/8\nK:D\nABA ((|\n", finished=False),
        3: GeneratedTune("M:6/8\nK:H\nABA|\n", finished=True),
        4: GeneratedTune("M:6/8\nL:1/8\nK:D\nABA|", finished=True),
    }
    assert write_midi(tunes, tmp_path / "midi", "first, seed 0") == 2
    assert sorted(path.name for path in (tmp_path / "midi").iterdir()) == ["0001.mid", "0004.mid"]
    assert (tmp_path / "midi" / "0001.mid").read_bytes().startswith(b"MThd")
    assert capfd.readouterr().out == ""


def test_a_file_knows_the_name_of_its_tune_and_is_replaced(tmp_path: Path) -> None:
    tunes = {7: GeneratedTune("M:6/8\nL:1/8\nK:D\nABA ABA|\n", finished=True)}
    for name in ("first", "second"):
        assert write_midi(tunes, tmp_path, name) == 1
    score: Any = Score(tmp_path / "0007.mid")
    assert score.tracks[0].name == "second, tune 7"


def test_a_file_of_someone_else_is_not_replaced(tmp_path: Path) -> None:
    tmp_path.joinpath("0007.mid").write_bytes(b"MThd, mine")
    tunes = {7: GeneratedTune("M:6/8\nL:1/8\nK:D\nABA ABA|\n", finished=True)}
    with pytest.raises(UsageError, match="not written by Tuneloom"):
        write_midi(tunes, tmp_path, "first")
    assert tmp_path.joinpath("0007.mid").read_bytes() == b"MThd, mine"
