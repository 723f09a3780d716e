"""Reading a table that a test has written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.corpus.sources.inputs import input_files

ReadTable = Callable[..., list[RawTune | Reject]]


@pytest.fixture
def read_table(tmp_path: Path) -> ReadTable:
    """Write bytes to a file of that name, and read the file."""

    def read(
        name: str, data: bytes, column: str = "", limits: Limits | None = None
    ) -> list[RawTune | Reject]:
        path = tmp_path / name
        path.write_bytes(data)
        (file,) = input_files([str(path)], column)
        return list(read_raw_tunes(file, limits))

    return read


@pytest.fixture
def told() -> Callable[[list[RawTune | Reject]], list[str]]:
    """The title of each tune, and the row, line and message of each reject."""

    def tell(found: list[RawTune | Reject]) -> list[str]:
        return [
            f"{each.row}:{each.line} {each.message}"
            if isinstance(each, Reject)
            else each.text.partition("\nT:")[2].partition("\n")[0]
            for each in found
        ]

    return tell
