import json
from pathlib import Path

import pytest

from tuneloom.cli.app import main


def test_a_data_set_is_shown_as_tables(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["stats", str(data)]) == 0
    shown = capsys.readouterr().out
    for name in ("sources", "levels", "lengths", "keys", "meters", "characters"):
        assert f"\n{name}\n" in shown
    assert "D maj" in shown


def test_a_tunebook_has_the_statistics_of_the_data_set_made_from_it(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["stats", str(data.parent / "book.abc"), "--output-format", "json"]) == 0
    book = json.loads(capsys.readouterr().out)
    assert main(["stats", str(data), "--output-format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == book
    assert book["sources"]["input"]["taken"] == 120


def test_the_paths_of_charts_are_printed(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stats", str(data), "--charts", str(tmp_path / "charts")]) == 0
    assert str(tmp_path / "charts" / "keys.png") in capsys.readouterr().out


def test_a_missing_path_exits_2(tmp_path: Path) -> None:
    assert main(["stats", str(tmp_path / "none")]) == 2
