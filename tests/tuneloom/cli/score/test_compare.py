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
