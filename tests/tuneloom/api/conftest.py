"""A book of random tunes, of which no two are alike."""

from pathlib import Path
from random import Random

import pytest

TUNES = "\n".join(
    f"X:{n}\nT:Tune {n}\nM:6/8\nL:1/8\nK:D\n"
    + "|".join("".join(Random(f"{n} {bar}").choices("DEFGABcdefg", k=6)) for bar in range(8))
    + "|\n"
    for n in range(20)
)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`tunes.abc` of 20 tunes in the working directory, which has folders for data sets and runs."""
    monkeypatch.chdir(tmp_path)
    for folder in ("data", "runs"):
        Path(folder).mkdir()
    path = tmp_path / "tunes.abc"
    path.write_text(TUNES)
    return path
