import csv
import json
import re
from io import StringIO
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


def test_each_tune_and_each_character_has_its_bits(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "X:1\nT:Air\nM:6/8\nL:1/8\nK:D\n"
    book = tmp_path / "book.abc"
    book.write_text(f"{head}z6|\n\n{head}ABc cBA|\n\n{head}A6|d6|\n")
    written = {}
    for form in ("json", "tunes", "characters"):
        assert main(["evaluate", str(run), str(book), "--output-format", form]) == 0
        shown = capsys.readouterr()
        written[form] = shown.out
        assert form == "json" or shown.err == "1 not taken: 1 no-note\n"
    whole = json.loads(written["json"])["all"]
    tunes = list(csv.DictReader(StringIO(written["tunes"])))
    assert [tune["tune"] for tune in tunes] == ["2", "3"]
    assert sum(float(tune["bits"]) for tune in tunes) == pytest.approx(
        whole["bits_per_tune"] * 2, abs=0.01
    )
    characters = list(csv.DictReader(StringIO(written["characters"])))
    assert len([row for row in characters if row["position"] != "0"]) == whole["characters"]
    assert sum(float(row["bits"]) for row in characters if row["tune"] == "3") == pytest.approx(
        float(tunes[1]["bits"]), abs=0.02
    )
    assert "".join(row["character"] for row in characters if row["tune"] == "3")[:6] == "M:6/8\n"
