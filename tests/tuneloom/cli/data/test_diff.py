import json
from pathlib import Path

import pytest

from tuneloom.cli.app import main

BOOK = "X:1\nT:One\nM:4/4\nL:1/8\nK:D\n|:DEFG A4:|\n\nX:2\nT:Two\nM:4/4\nL:1/8\nK:D\n|:AFED A4:|\n"


@pytest.fixture
def sets(tmp_path: Path) -> tuple[str, str]:
    """Two data sets: in the second one, the first tune is another and the second one begins later."""
    tmp_path.joinpath("old").mkdir()
    tmp_path.joinpath("new").mkdir()
    tmp_path.joinpath("old/book.abc").write_text(BOOK)
    tmp_path.joinpath("new/book.abc").write_text(
        BOOK.replace("T:One", "T:Another").replace("DEFG", "DFEG")
    )
    for name in ("old", "new"):
        arguments = [
            "--input",
            str(tmp_path / name / "book.abc"),
            "-o",
            str(tmp_path / f"{name}-set"),
        ]
        assert main(["ingest", *arguments]) == 0
    return str(tmp_path / "old-set"), str(tmp_path / "new-set")


def test_differences_are_counted_and_shown(
    sets: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["diff", *sets]) == 1
    first, *rest = capsys.readouterr().out.splitlines()
    assert first == "added 1  gone 1  changed 0  moved 1  equal 0"
    assert "input: book.abc at byte 0: Another" in " ".join(rest)
    assert "  input: book.abc at byte 43: Two: from byte 39" in rest


def test_equal_data_sets_exit_with_0(
    sets: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["diff", sets[0], sets[0]]) == 0
    assert capsys.readouterr().out == "added 0  gone 0  changed 0  moved 0  equal 2\n"


def test_json_has_all_of_it(sets: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["diff", *sets, "--output-format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["counts"]["added"] == 1
    assert found["added"][0]["title"] == "Another"
    assert found["moved"][0]["features"] == ["offset"]


def test_a_directory_that_is_not_a_data_set_exits_2(sets: tuple[str, str], tmp_path: Path) -> None:
    assert main(["diff", sets[0], str(tmp_path)]) == 2
