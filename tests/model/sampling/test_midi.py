from pathlib import Path

import pytest

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
    assert write_midi(tunes, tmp_path / "midi") == 2
    assert sorted(path.name for path in (tmp_path / "midi").iterdir()) == ["0001.mid", "0004.mid"]
    assert (tmp_path / "midi" / "0001.mid").read_bytes().startswith(b"MThd")
    assert capfd.readouterr().out == ""
