from pathlib import Path

import pytest

from tuneloom.cli.files.input_tunes import InputTunes

BOOK = "X:1\nT:One\nC:Me\nK:C\nCDE|\n\nX:2\nT:Two\nK:C\nC?E|\n\nX:3\nT:Thr\\'ee\nK:C\nC|\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.abc"
    path.write_text(BOOK)
    return path


def test_tunes_keep_their_number_where_others_are_left_out(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = InputTunes([str(book)])
    named = [(t.number, t.title, t.composer) for t in found.tunes]
    assert named == [(1, "One", "Me"), (3, "Thrée", "")]
    assert (found.left_out, found.status) == (1, 1)
    assert "book.abc:10:2: " in capsys.readouterr().err


def test_a_file_that_cannot_be_read_does_not_keep_others_back(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = InputTunes([str(book.with_name("none.abc")), str(book)])
    assert (len(found.tunes), found.status) == (2, 2)
    assert "none.abc: cannot be read" in capsys.readouterr().err
