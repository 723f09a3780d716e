"""`tuneloom merge`: one book of several, and what it tells."""

from pathlib import Path

import pytest

from tuneloom.cli.app import main

ONE = "X:1\nT:One\nK:D\nA|\n"
TWO = "X:1\nT:Zwölf\nK:D\nB|\n\nX:2\nT:One\nK:D\nA|\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("books").mkdir()
    Path("books/one.abc").write_text(ONE)
    Path("books/two.abc").write_bytes(TWO.encode("cp1252"))
    return tmp_path


def test_books_are_merged_in_order_and_what_changes_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["merge", "books", "-o", "all.abc"]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == (
        "books/two.abc: 1 tune got a new number: X:1 became X:3\nall.abc: 3 tunes of 2 books\n"
    )
    merged = Path("all.abc").read_bytes().decode("cp1252")
    assert merged == f"% Written by Tuneloom\n\n{ONE}\n{TWO.replace('X:1', 'X:3')}"


def test_duplicates_are_left_out_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["merge", "books", "-o", "all.abc", "--no-duplicates"]) == 0
    err = capsys.readouterr().err
    assert "books/two.abc:6: left out, since it repeats books/one.abc:1\n" in err
    assert err.endswith("all.abc: 2 tunes of 2 books\n")


def test_nothing_is_written_where_a_book_cannot_be_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["merge", "books", "missing.abc", "-o", "all.abc"]) == 2
    assert "missing.abc: cannot be read" in capsys.readouterr().err
    assert not Path("all.abc").exists()


def test_a_book_is_not_merged_into_itself(capsys: pytest.CaptureFixture[str]) -> None:
    Path("link.abc").symlink_to("books/one.abc")
    assert main(["merge", "books", "-o", "link.abc", "--overwrite"]) == 2
    assert "link.abc: is one of the books that are read" in capsys.readouterr().err
    assert Path("books/one.abc").read_text() == ONE
