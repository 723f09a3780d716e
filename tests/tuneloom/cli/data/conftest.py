"""A data set of a few tunes, made by the command."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tuneloom.cli.app import main


@pytest.fixture
def ingest_book(tmp_path: Path) -> Callable[[str], Path]:
    """Ingest a tunebook, `one.abc`, and give the directory of its data set."""

    def ingest(book: str) -> Path:
        tmp_path.joinpath("one.abc").write_text(book)
        output = tmp_path / "set"
        assert main(["ingest", "--input", str(tmp_path / "one.abc"), "--output", str(output)]) == 0
        return output

    return ingest
