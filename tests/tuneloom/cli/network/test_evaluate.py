import re
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
