import re
from pathlib import Path

import pytest

from tuneloom.cli import main


def test_bits_per_character_on_the_test_split(
    run: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(run), str(data)]) == 0
    shown = capsys.readouterr().out
    assert re.fullmatch(r"\d\.\d{3} bits per character on \d+ test tunes\n", shown)
