"""`tuneloom sort`: its options, and what becomes of files."""

import io
import stat
import sys
from pathlib import Path

import pytest

from tuneloom.cli.app import main

TWO = "X:2\nT:Zounds\nK:D\nA|\n"
ONE = "X:1\nT:The Air\nK:D\nB|\n"
FOUND = f"{TWO}\n{ONE}"
SORTED = f"{ONE}\n{TWO}"


@pytest.fixture(autouse=True)
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("book.abc")
    path.write_text(FOUND)
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["sort", *arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_a_sorted_book_goes_to_standard_output(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, book: Path
) -> None:
    assert run(capsys, "book.abc") == (0, SORTED, "")
    assert book.read_text() == FOUND
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FOUND.encode())))
    assert run(capsys, "-", "--by", "number") == (0, SORTED, "")


def test_diff_shows_what_would_move_and_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "book.abc", "--diff")
    assert status == 1
    assert "+T:The Air\n" in out
    assert err == "1 file would be sorted; 0 files left unchanged\n"


def test_write_sorts_in_place_and_keeps_links_and_the_mode(
    capsys: pytest.CaptureFixture[str], book: Path
) -> None:
    book.chmod(0o640)
    Path("link.abc").symlink_to("book.abc")
    assert run(capsys, "link.abc", "--write")[0] == 0
    assert Path("link.abc").is_symlink()
    assert book.read_text() == SORTED
    assert stat.S_IMODE(book.stat().st_mode) == 0o640
    assert run(capsys, "book.abc", "--write")[2] == "0 files sorted; 1 file left unchanged\n"


@pytest.mark.parametrize("charset", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_charset_mark_and_line_ends_stay(
    capsys: pytest.CaptureFixture[str], charset: str, line_end: str, book: Path
) -> None:
    text = FOUND.replace("Air", "Café").replace("\n", line_end)
    book.write_bytes(text.encode(charset))
    assert run(capsys, "book.abc", "--write")[0] == 0
    expected = SORTED.replace("Air", "Café").replace("\n", line_end)
    assert book.read_bytes() == expected.encode(charset)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["book.abc", "--by", "colour"], "`colour` is none of title, rhythm, meter, key, number"),
        (["book.abc", "--by", ""], "`` is none of title, rhythm, meter, key, number"),
        (["book.abc", "--diff", "--write"], "--diff and --write cannot be combined"),
        (["missing.abc"], "missing.abc: cannot be read: No such file or directory"),
        (["-", "--write"], "--write cannot be used with standard input"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    problem: str,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FOUND.encode())))
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert problem in err.splitlines()[0]


def test_a_book_that_cannot_be_sorted_is_named_and_left(
    capsys: pytest.CaptureFixture[str], book: Path
) -> None:
    found = "%%scale 0.7\nX:2\nK:C\nC|\n\nSome words\n\nX:1\nK:D\nD|\n"
    book.write_text(found)
    status, _, err = run(capsys, "book.abc", "--by", "number", "--write")
    assert status == 2
    assert err.startswith("error: book.abc: other fields or directives would apply to all tunes")
    assert book.read_text() == found
