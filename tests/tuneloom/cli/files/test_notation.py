from pathlib import Path

import pytest

from tuneloom.cli.app import main

BOOK = "X:1\nT:One\nM:4/4\nL:1/4\nK:C\nCDEF|\n\nX:2\nT:Short\nK:C\nC/8192|\n"


@pytest.mark.parametrize(
    ("command", "beginning"),
    [("musicxml", b"<?xml"), ("svg", b"<svg"), ("png", b"\x89PNG")],
)
def test_a_tune_that_cannot_be_written_is_told_and_the_others_written(
    command: str, beginning: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "book.abc").write_text(BOOK)
    out = tmp_path / "out"
    assert main([command, str(tmp_path / "book.abc"), "-o", str(out)]) == 1
    assert "book.abc:8 (X:2 Short): music21 cannot write it" in capsys.readouterr().err
    [written] = out.iterdir()
    assert written.name == f"0001-one.{command}"
    assert written.read_bytes().startswith(beginning)
