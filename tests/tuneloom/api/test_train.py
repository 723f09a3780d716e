from pathlib import Path

import pytest

import tuneloom


def test_wrong_settings_are_usage_errors_and_nothing_is_written(tmp_path: Path) -> None:
    run = tmp_path / "run"
    for wrong, problem in (
        ({"units": 0}, "units=0: units must be"),
        ({"unit": 8}, "unit=8: "),
        ({"architecture": "none"}, "none"),
    ):
        with pytest.raises(tuneloom.UsageError, match=problem):
            tuneloom.train(tmp_path, run, steps=1, settings=wrong)
    with pytest.raises(tuneloom.UsageError, match="one of --minutes, --epochs and --steps"):
        tuneloom.train(tmp_path, run, steps=1, minutes=2)
    assert not run.exists()
