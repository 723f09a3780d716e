import json
from pathlib import Path

import pytest

from tuneloom.cli.app import main

BOOK = """\
X:1
T:One
M:4/4
L:1/8
K:D
|:DEFG A4:|

X:2
T:Broken
K:C
CDEF GABc|\t[CEG

X:3
T:One again
M:4/4
L:1/8
K:D
|:DEFG A4:|
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.abc"
    path.write_text(BOOK)
    return path


@pytest.fixture
def rejecting(book: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    output = book.parent / "set"
    assert main(["ingest", "--input", str(book), "--output", str(output)]) == 0
    capsys.readouterr()
    return output


def test_a_reject_is_shown_in_its_place(
    rejecting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rejects", str(rejecting)]) == 0
    head, place, line, caret, *_, last = capsys.readouterr().out.splitlines()
    assert head == "unclosed-chord: 1"
    assert place.startswith("input: book.abc:11:12: ")
    assert line == "   11 | CDEF GABc|\t[CEG"
    assert caret == "      |           \t^"
    assert last == "duplicate: 1 (shown by --code duplicate)"


def test_duplicates_are_shown_if_asked_for(
    rejecting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rejects", str(rejecting), "--code", "duplicate"]) == 0
    shown = capsys.readouterr().out
    assert "the same melody as the tune at byte 0 of input book.abc" in shown
    assert "unclosed-chord" not in shown


def test_a_file_that_has_changed_since_is_not_quoted(
    rejecting: Path, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write_text("X:1\n" * 40)
    assert main(["rejects", str(rejecting)]) == 0
    assert " | " not in capsys.readouterr().out


def test_a_code_that_is_not_there_is_an_error(
    rejecting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rejects", str(rejecting), "--code", "no-note"]) == 2
    assert "there are: duplicate, unclosed-chord" in capsys.readouterr().err


def test_a_reject_in_a_row_is_shown_with_the_row_and_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tunes = BOOK.split("\n\n")
    for name, text, place in (
        ("t.jsonl", "".join(json.dumps({"abc": tune}) + "\n" for tune in tunes), "2:12"),
        ("t.csv", "abc,n\n" + "".join(f'"{tune}\n",1\n' for tune in tunes), "12:12"),
    ):
        path = tmp_path / name
        path.write_text(text)
        output = tmp_path / f"set-{name}"
        assert main(["ingest", "--input", str(path), "--output", str(output)]) == 0
        capsys.readouterr()
        assert main(["rejects", str(output)]) == 0
        _, head, line, *_ = capsys.readouterr().out.splitlines()
        assert head.startswith(f"input: {name}:{place} (row 2")
        assert ("line 4 of the tune" in head) == (name == "t.jsonl")
        assert line.endswith("| CDEF GABc|\t[CEG")
