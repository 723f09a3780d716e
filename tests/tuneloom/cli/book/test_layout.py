"""`tuneloom layout`: line breaks and unit note lengths of books."""

from pathlib import Path

import pytest

from tuneloom.cli.app import main

FOUND = (
    "X:1\nT:One\nL:1/8\nM:2/4\nK:D\nA4|B4|c4|\nd4|\n\nText.\n\nX:2\nT:Bad\nK:D\nkk|\n\n"
    "X:3\nM:2/4\nL:1/8\nK:D\nA4|B4|c4|\ns:!f! * *\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("found.abc").write_text(FOUND)
    return tmp_path


def test_bars_are_laid_out_with_the_line_ends_of_the_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = Path("found.abc")
    path.write_bytes(FOUND.replace("\n", "\r\n").encode())
    assert main(["layout", "found.abc", "--bars-per-line", "2", "--write"]) == 0
    new = FOUND.replace("A4|B4|c4|\nd4|", "A4|B4|\nc4|d4|", 1)
    assert path.read_bytes() == new.replace("\n", "\r\n").encode()
    err = capsys.readouterr().err
    assert "found.abc:14:1: unknown-letter" in err
    assert "found.abc:16: s: belongs to lines of music that would change; the tune was left" in err


def test_the_unit_note_length_is_doubled_and_halved(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["layout", "found.abc", "--double"]) == 0
    doubled = capsys.readouterr().out
    assert doubled == FOUND.replace("L:1/8", "L:1/4").replace("4|", "2|")
    Path("doubled.abc").write_text(doubled)
    assert main(["layout", "doubled.abc", "--halve"]) == 0
    assert capsys.readouterr().out == FOUND


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "give one of --bars-per-line, --double and --halve"),
        ("--double --halve", "give one of --bars-per-line, --double and --halve"),
        ("--bars-per-line 4 --halve", "give one of --bars-per-line, --double and --halve"),
        ("--bars-per-line 0", "0 is not in the range"),
    ],
)
def test_bad_options_are_refused_in_one_line(
    arguments: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["layout", "found.abc", *arguments.split()]) == 2
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1
