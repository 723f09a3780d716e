"""A data set and a run of it, made by the commands themselves."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tuneloom.cli.app import main

# Random notes, so that no two tunes are near duplicates.
TUNES = "\n".join(
    f"X:{n}\nT:Tune {n}\nM:6/8\nL:1/8\nK:D\n"
    + "|".join("".join(Random(f"{n} {bar}").choices("DEFGABcdefg", k=6)) for bar in range(8))
    + "|\n"
    for n in range(120)
)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set of some dozens of tunes; for reading only."""
    folder = tmp_path_factory.mktemp("commands")
    (folder / "book.abc").write_text(TUNES)
    arguments = ["--input", str(folder / "book.abc"), "--output", str(folder / "data")]
    assert main(["ingest", *arguments]) == 0
    return folder / "data"


@pytest.fixture(scope="session")
def run(data: Path) -> Path:
    """A run on that data set, of three steps; for reading only."""
    run = data.parent / "run"
    assert main(["train", str(data), "--run", str(run), "--steps", "3"]) == 0
    return run
