from pathlib import Path
from typing import Any

import pytest
from symusic import Score

from tuneloom.cli.app import main

BOOK = 'X:1\nT:One\nM:4/4\nL:1/4\nK:C\n"C"CDEF|\n\nX:2\nT:Rest\nK:C\nz4|\n\nX:3\nT:Bad\nK:C\nC?|\n'


@pytest.fixture
def book(tmp_path: Path) -> str:
    (tmp_path / "book.abc").write_text(BOOK)
    return str(tmp_path / "book.abc")


@pytest.mark.parametrize(("command", "form"), [("midi", "MIDI"), ("wav", "WAV")])
def test_tunes_that_cannot_be_played_are_told_and_the_others_written(
    command: str, form: str, book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main([command, book, "-o", str(out)]) == 1
    said = capsys.readouterr()
    assert said.out == f"{out}: 1 tune as {form}; 2 left out\n"
    assert "book.abc:16:2: " in said.err
    assert "book.abc:8 (X:2 Rest): no note to play" in said.err
    assert [path.stem for path in out.iterdir()] == ["0001-one"]


def test_times_instrument_and_chords_are_as_asked_for(book: str, tmp_path: Path) -> None:
    out = tmp_path / "midi"
    options = ["--times", "3", "--instrument", "harp", "--no-chords"]
    assert main(["midi", book, "-o", str(out), *options]) == 1
    score: Any = Score(out / "0001-one.mid")
    [track] = score.tracks
    assert (track.program, len(track.notes)) == (46, 12)


def test_a_second_run_needs_overwrite(
    book: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["midi", book, "-o", str(tmp_path / "midi")]
    assert main(arguments) == 1
    assert main(arguments) == 2
    assert "already exists; use --overwrite" in capsys.readouterr().err
    assert main([*arguments, "--overwrite"]) == 1
