"""`tuneloom index`: the tunes of a book as a table, as rows, and as a page."""

import csv
import io
import json
from pathlib import Path

import pytest

from tuneloom.cli.app import main

BOOK = """R:jig

X:2
T:The Second
M:6/8
L:1/8
K:Em
EFG ABc|def gfe|d6|]

X:1
T:A <First> & Só
R:reel
M:C
K:D
k|
"""


@pytest.fixture(autouse=True)
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "60")
    path = Path("book.abc")
    path.write_text(BOOK)
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["index", *arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_a_table_fits_the_terminal(capsys: pytest.CaptureFixture[str], book: Path) -> None:
    status, out, err = run(capsys, "book.abc", "--sort", "title")
    assert status == 0
    head, first, second = [line.split() for line in out.splitlines()]
    assert head == ["X:", "title", "rhythm", "meter", "key", "bars", "line"]
    assert first == ["1", "A", "<First>", "&", "Só", "reel", "4/4", "D", "–", "10"]
    assert second == ["2", "The", "Second", "jig", "6/8", "Em", "3", "3"]
    assert err == "2 tunes, 1 not parseable\n"
    book.write_text(BOOK.replace("Second", "Second " + "long " * 30))
    lines = run(capsys, "book.abc", ".")[1].splitlines()
    assert max(map(len, lines)) <= 60
    assert any("…" in line for line in lines)


def test_csv_and_json_have_the_first_bars(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "book.abc", "--output-format", "csv", "--sort", "number")
    assert (status, err) == (0, "")
    bad, good = csv.DictReader(io.StringIO(out))
    assert (bad["number"], bad["bars"], bad["incipit"]) == ("1", "", "")
    assert (good["bars"], good["incipit"]) == ("3", "EFG ABc|def gfe|")
    rows = json.loads(run(capsys, "book.abc", "--output-format", "json")[1])
    assert rows[0] == {
        "number": "2",
        "title": "The Second",
        "rhythm": "jig",
        "meter": "6/8",
        "key": "Em",
        "bars": 3,
        "file": "book.abc",
        "line": 3,
        "incipit": "EFG ABc|def gfe|",
    }
    assert rows[1]["bars"] is None


def test_a_page_has_a_row_for_each_tune(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "book.abc", "--output-format", "html")
    assert status == 0
    assert out.startswith("<!DOCTYPE html>")
    assert "<td>A &lt;First&gt; &amp; Só</td>" in out


def test_a_book_that_cannot_be_read_is_told_and_the_others_are_listed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = run(capsys, "missing.abc", "book.abc")
    assert status == 2
    assert "The Second" in out
    assert err.startswith("error: missing.abc: cannot be read")
