import json
import re
from pathlib import Path

import pytest

from tuneloom.cli.app import main

GOOD = "X:{n}\nT:\nM:4/4\nL:1/4\nK:D\nABcd|ABc{n}|\n"
BAD = "X:{n}\nT:\nM:4/4\nL:1/4\nK:D\nABcd| 1 A{n}|\n"


def tunebook(path: Path, tune: str) -> str:
    path.write_text("\n".join(tune.format(n=n) for n in range(1, 60)))
    return str(path)


def test_collections_are_shown_side_by_side_with_their_number_of_tunes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = tunebook(tmp_path / "ours.abc", GOOD), tunebook(tmp_path / "theirs.abc", BAD)
    assert main(["compare", ours, theirs]) == 0
    shown = capsys.readouterr().out
    rows = {line.split(",")[0].strip(): line for line in shown.splitlines()}
    assert "n = 59" in shown
    assert "100.0 (93.9–100.0) *" in rows["parseable"]
    assert "0.0 (0.0–6.1)" in rows["parseable"]
    assert "*" not in rows["duplicates"]


def test_a_file_that_is_not_there_exits_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", str(tmp_path / "gone.abc")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_reference_needs_a_data_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours = tunebook(tmp_path / "ours.abc", GOOD)
    assert main(["compare", ours, "--reference", "markov"]) == 2
    assert "name it with --against" in capsys.readouterr().err


def test_tables_are_no_wider_than_eighty_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    files = [tunebook(tmp_path / f"tunes{n}.abc", GOOD) for n in range(5)]
    assert main(["compare", *files]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(f"tunes{n}" in "".join(lines) for n in range(5))
    assert max(map(len, lines)) <= 80


def test_files_of_one_name_are_told_apart_by_their_paths(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "b"):
        Path(folder).mkdir()
        tunebook(Path(folder, "tunes.abc"), GOOD)
    assert main(["compare", "a/tunes.abc", "b/tunes.abc"]) == 0
    assert capsys.readouterr().out.split()[:2] == ["a/tunes.abc", "b/tunes.abc"]
    assert main(["compare", "a/tunes.abc"]) == 0
    assert capsys.readouterr().out.split()[0] == "tunes"


def test_labels_name_the_files_and_tests_follow_the_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tunebook(tmp_path / "a.abc", GOOD), tunebook(tmp_path / "b.abc", BAD)]
    named = ["--label", "ours", "--label", "theirs"]
    assert main(["compare", *files, *named, "--test", "pairs"]) == 0
    shown = capsys.readouterr()
    assert shown.out.split()[:2] == ["ours", "theirs"]
    assert re.search(r"parseable: ours − theirs +100\.0 \(91\.\d to 100\.0\) +3\.14 ", shown.out)
    assert shown.err == ""
    assert main(["compare", *files, "--label", "ours"]) == 2
    assert "1 for 2 files; give one for each" in capsys.readouterr().err


def test_a_comparison_is_written_for_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = tunebook(tmp_path / "ours.abc", GOOD)
    assert main(["compare", ours, ours, "--test", "first", "--output-format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["tunes"] for each in found["collections"]] == [59, 59]
    assert {test["p_holm"] for test in found["tests"]} == {1}


def test_a_name_with_brackets_is_shown_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tunebook(tmp_path / "[bold]x[red].abc", GOOD)
    assert main(["compare", file]) == 0
    assert "[bold]x[red]" in capsys.readouterr().out
