"""`tuneloom renumber`: X: fields, and nothing else."""

from pathlib import Path

import pytest

from tuneloom.cli.app import main

BOOK = "X:4\nT:One\nK:D\nA|\n\nX:4\nT:Two\nK:D\nA|\n\nX:9\nT:Bad\nK:D\nk|\n"


@pytest.fixture(autouse=True)
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("book.abc")
    path.write_text(BOOK)
    return path


def test_a_book_is_numbered_from_one_or_from_elsewhere(
    capsys: pytest.CaptureFixture[str], book: Path
) -> None:
    assert main(["renumber", "book.abc"]) == 0
    shown = capsys.readouterr()
    assert shown.out == BOOK.replace("X:4\nT:One", "X:1\nT:One").replace("X:4\nT:Two", "X:2\nT:Two")
    assert shown.err.startswith("book.abc:14:1: unknown-letter")
    assert main(["renumber", "book.abc", "--start", "8", "--write"]) == 0
    assert [line for line in book.read_text().splitlines() if line[:1] == "X"] == [
        "X:8",
        "X:10",
        "X:9",
    ]


def test_only_duplicates_are_told(capsys: pytest.CaptureFixture[str], book: Path) -> None:
    assert main(["renumber", "book.abc", "--only-duplicates", "--write"]) == 0
    err = capsys.readouterr().err
    assert "book.abc: 1 tune got a new number: X:4 became X:10\n" in err
    assert book.read_text() == BOOK.replace("X:4\nT:Two", "X:10\nT:Two")


def test_a_start_that_is_no_number_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["renumber", "book.abc", "--start", "0"]) == 2
    assert "Invalid value for '--start'" in capsys.readouterr().err
