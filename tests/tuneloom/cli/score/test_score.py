import json
from pathlib import Path

import pytest

from tuneloom.cli.app import main

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


def test_the_table_begins_with_the_share_of_parseable_tunes(
    tunes: str, capsys: pytest.CaptureFixture[str]
) -> None:
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


def test_a_threshold_that_is_met_changes_nothing(tunes: str) -> None:
    assert main(["score", tunes, "--min-parseable", "33.3"]) == 0


def test_a_threshold_that_is_missed_shows_the_score_and_exits_3(
    tunes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", tunes, "--min-parseable", "33.4", "--output-format", "json"]) == 3
    shown = capsys.readouterr()
    assert json.loads(shown.out)["tunes"] == 3
    assert shown.err == "error: 1 of 3 tunes are parseable, and --min-parseable asks for 33.4%\n"


def test_the_csv_has_a_row_for_each_tune(tunes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", tunes, "--output-format", "csv"]) == 0
    head, first, *others = capsys.readouterr().out.splitlines()
    assert head.startswith("tune,parseable,strict,sound,metrical,playable,errors")
    assert first.startswith("1,True,True,True,True")
    assert [row.split(",")[6] for row in others] == ["unfinished", "stray-number"]


def test_a_sample_may_be_played(tunes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["score", tunes, "--playable", "5", "--output-format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["playable"]["count"] == 1


def test_originality_and_distances_are_shown_beside_those_of_real_tunes(
    data: Path, tunes: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", str(data.parent / "book.abc"), "--against", str(data)]) == 0
    shown = capsys.readouterr().out
    assert "longest run, notes" in shown
    assert "intervals" in shown
    assert main(["score", tunes, "--against", str(data), "--output-format", "json"]) == 0
    score = json.loads(capsys.readouterr().out)
    assert score["originality"]["copies"]["count"] == 0
    assert score["reference"]["originality"]["similarity"]["most"] < 1
    assert score["likeness"]["tunes"] == score["reference"]["likeness"]["tunes"] == 1


def test_copies_of_training_tunes_are_counted(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = str(data.parent / "book.abc")
    assert main(["score", book, "--against", str(data), "--output-format", "json"]) == 0
    score = json.loads(capsys.readouterr().out)
    assert score["originality"]["copies"]["count"] > 90
    assert score["originality"]["duplicates"]["count"] == 0


def test_a_tune_that_breaks_off_at_the_end_of_a_file_counts_like_any_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cut.abc"
    path.write_text("X:1\nT:One\nK:D\nA|\n\nX:2\nT:Two\nK:D\n[AB")
    assert main(["score", str(path), "--output-format", "json"]) == 0
    score = json.loads(capsys.readouterr().out)
    assert (score["tunes"], score["errors"]) == (2, {"unclosed-chord": 1})


def test_many_copies_of_one_tune_count_as_duplicates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "copies.abc"
    path.write_text("X:1\nT:One\nK:D\nA|\n\n" * 1000)
    assert main(["score", str(path)]) == 0
    assert "99.9% of 1,000" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "problem"),
    [("", "the file is empty"), ("Once upon a time.\n", "no tune in this file")],
)
def test_a_file_without_tunes_exits_2(
    tmp_path: Path, text: str, problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "prose.abc"
    path.write_text(text)
    assert main(["score", str(path)]) == 2
    assert problem in capsys.readouterr().err


@pytest.mark.parametrize("name", ["missing.abc", "."])
def test_a_path_that_cannot_be_read_exits_2(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", str(tmp_path / name)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_reference_that_is_not_a_data_set_exits_2(
    tunes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", tunes, "--against", str(tmp_path)]) == 2
    assert "not a finished data set" in capsys.readouterr().err


def test_a_real_tunebook_is_scored(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    xmas = corpora / "nottingham" / "ABC_original" / "xmas.abc"
    assert main(["score", str(xmas), "--min-parseable", "100"]) == 0
    assert capsys.readouterr().out.startswith("100.0% of 13 tunes parseable")
