"""`tuneloom extract`: the tunes that match, as a book."""

from pathlib import Path

import pytest

from tuneloom.cli.app import main

BOOK = "O:Ireland\n\nX:1\nT:One\nR:reel\nK:D\nA|\n\n% Clare\nX:2\nT:Two\nR:jig\nK:G\nG|\n"


@pytest.fixture(autouse=True)
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("book.abc")
    path.write_text(BOOK)
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["extract", *arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_tunes_that_match_all_options_are_written_with_their_text_and_header(
    capsys: pytest.CaptureFixture[str],
) -> None:
    jig = "O:Ireland\n\n% Clare\nX:2\nT:Two\nR:jig\nK:G\nG|\n"
    assert run(capsys, "book.abc", "--rhythm", "jig", "--query", "origin:ireland") == (0, jig, "")
    assert run(capsys, "book.abc", "--rhythm", "jig", "--key", "D") == (1, "", "no tune matches\n")


def test_a_book_is_written_once_and_replaced_on_request(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments = ("book.abc", "--number", "1", "-o", "out.abc")
    assert run(capsys, *arguments) == (0, "", "out.abc: 1 tune\n")
    written = Path("out.abc").read_text()
    assert written == "% Written by Tuneloom\n" + BOOK[: BOOK.index("\n% Clare")]
    assert "already exists; use --overwrite" in run(capsys, *arguments)[2]
    assert run(capsys, *arguments, "--overwrite")[0] == 0
    assert Path("out.abc").read_text() == written


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["book.abc"], "say which tunes"),
        (["book.abc", "--key", "H"], "--key: `H` is no key"),
        (["book.abc", "--number", "1", "-o", "book.abc", "--overwrite"], "one of the books"),
        (["book.abc", "--number", "1", "-o", "."], "is a directory"),
        (["book.abc", "--number", "1", "-o", "no/out.abc"], "there is no directory no"),
        (["book.abc", "--number", "1", "-o", "mine.abc", "--overwrite"], "not written by Tuneloom"),
        (["missing.abc", "--number", "1"], "missing.abc: cannot be read"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    Path("mine.abc").write_text("X:1\nK:D\nA|\n")
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert problem in err
    assert err.count("\n") == 1
    assert Path("mine.abc").read_text() == "X:1\nK:D\nA|\n"
