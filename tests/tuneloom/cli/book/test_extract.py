"""`tuneloom extract`: the tunes that match, as a book."""

import re
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


TUNES = (
    "X:1\nT:One\nM:4/4\nL:1/8\nK:D\nD2FA d2fd|e4 z4:|\n\n"
    "X:2\nT:Two\nM:4/4\nL:1/8\nK:G\nG8|A4 GBd|gbgf e4|\n\n"
    "X:3\nT:Not parseable\nK:G\nGBdgk|\n"
)


@pytest.mark.parametrize(
    ("phrase", "titles"),
    [
        ("DFAdfd", ["One", "Two"]),
        ("[K:D]D2 FA2|df", ["One", "Two"]),
        ("[K:D]e4 DF", ["One"]),
        ("GBdgb", ["One", "Two"]),
        ("dcBA", []),
    ],
)
def test_a_phrase_is_found_as_played_in_any_key_octave_and_length(
    capsys: pytest.CaptureFixture[str], phrase: str, titles: list[str]
) -> None:
    Path("tunes.abc").write_text(TUNES)
    _, written, _ = run(capsys, "tunes.abc", "--phrase", phrase)
    assert re.findall("T:(.*)", written) == titles


def test_tunes_with_a_finding_are_those_that_check_reports(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("tunes.abc").write_text(TUNES)
    _, written, _ = run(capsys, "tunes.abc", "--finding", "bar-length")
    assert re.findall("T:(.*)", written) == ["Two"]
    _, written, _ = run(capsys, "tunes.abc", "--finding", "metrical,parseable", "--key", "G")
    assert re.findall("T:(.*)", written) == ["Two", "Not parseable"]


@pytest.mark.parametrize(
    ("option", "value", "problem"),
    [
        ("--phrase", "GA", "is not a phrase of 3 notes or more"),
        ("--phrase", "GA(", "is not a phrase"),
        ("--finding", "barlength", "did you mean 'bar-length'?"),
    ],
)
def test_a_wrong_phrase_or_code_is_refused(
    capsys: pytest.CaptureFixture[str], option: str, value: str, problem: str
) -> None:
    status, _, said = run(capsys, "book.abc", option, value)
    assert status == 2
    assert problem in said
