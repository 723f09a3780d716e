import json
from pathlib import Path

import pytest

from tuneloom.cli import main

# Three draws were asked for: a tune, one that was cut off, and one whose number has no note.
DRAWS = """\
%%tuneloom draws 3
%%tuneloom model first, temperature 1.0, seed 0

%%tuneloom draw 1
X:1
T:Tune 1
M:6/8
L:1/8
K:D
A|dff cee|dfe dBA:|

%%tuneloom draw 2
X:2
T:Tune 2
%%tuneloom unfinished
M:6/8
L:1/8
K:D
A|dff

%%tuneloom draw 3
X:3
T:Tune 3
M:6/8
L:1/8
K:D
dff 4|
"""


@pytest.fixture
def tunes(tmp_path: Path) -> str:
    path = tmp_path / "tunes.abc"
    path.write_text(DRAWS)
    return str(path)


def test_the_table_begins_with_the_headline(tunes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", tunes]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("33.3% of 3 tunes parseable (95% CI 6.1–79.2)\n")
    assert "stray-number" in shown


def test_the_json_is_one_object(tunes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", tunes, "--output-format", "json"]) == 0
    score = json.loads(capsys.readouterr().out)
    assert (score["tunes"], score["parseable"]["count"]) == (3, 1)
    assert score["errors"] == {"unfinished": 1, "stray-number": 1}
    assert score["reference"] is None


def test_a_gate_that_is_reached_changes_nothing(tunes: str) -> None:
    assert main(["score", tunes, "--min-parseable", "33.3"]) == 0


def test_a_gate_that_is_missed_shows_the_score_and_exits_3(
    tunes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", tunes, "--min-parseable", "33.4", "--output-format", "json"]) == 3
    shown = capsys.readouterr()
    assert json.loads(shown.out)["tunes"] == 3
    assert shown.err == "error: 1 of 3 tunes are parseable, and --min-parseable asks for 33.4%\n"


@pytest.mark.parametrize("name", ["missing.abc", "."])
def test_what_is_no_file_of_tunes_exits_2(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", str(tmp_path / name)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_directory_that_is_no_data_set_exits_2(
    tunes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", tunes, "--against", str(tmp_path)]) == 2
    assert "not a finished data set" in capsys.readouterr().err


def test_a_real_tunebook_is_scored_as_it_stands(
    corpora: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    xmas = corpora / "nottingham" / "ABC_original" / "xmas.abc"
    assert main(["score", str(xmas), "--min-parseable", "100"]) == 0
    assert capsys.readouterr().out.startswith("100.0% of 13 tunes parseable")
