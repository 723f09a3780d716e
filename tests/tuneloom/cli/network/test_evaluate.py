import json
import re
from pathlib import Path

import pytest

from tuneloom.cli.app import main


def test_bits_of_the_test_split_by_character_note_and_tune(
    run: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(run), str(data)]) == 0
    shown = capsys.readouterr().out
    header, _, figures = shown.splitlines()
    assert header.split() == [
        "source",
        "tunes",
        *["bits", "per", "character", "per", "note", "per", "tune"],
    ]
    assert re.fullmatch(r" all +\d+ +\d\.\d{3} +\d+\.\d\d +\d+ ?", figures)


def test_the_bits_of_any_tunebook_as_json(
    run: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = data.parent / "book.abc"
    assert main(["evaluate", str(run), str(book), "--output-format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["sources"] == [{**found["all"], "source": str(book)}]
    assert found["all"]["tunes"] == 120
    assert found["not_taken"] == {}


def test_tunes_that_cannot_be_taken_are_told(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "X:1\nT:Air\nM:6/8\nL:1/8\nK:D\n"
    (tmp_path / "book.abc").write_text(f"{head}ABc cBA|\n\n{head}z6|\n")
    assert main(["evaluate", str(run), str(tmp_path / "book.abc")]) == 0
    assert capsys.readouterr().err == "1 not taken: 1 no-note\n"
