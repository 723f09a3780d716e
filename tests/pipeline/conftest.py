"""A small tunebook of every fate, a data set made of it, and a way to run the command in place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.record import Record
from pipeline.run import main

BOOK = """\
Tunes for a test, which is free text.

X:1
T:The Even Jig
R:jig
M:6/8
L:1/8
K:D
|:dff cee|def gfe|dff cee|dfe dBA:|

X:2
T:A Reel of Sorts
R:reel
M:4/4
L:1/8
K:G
GABc dedB|dedB dedB|c2ec B2dB|A2FD G4|]

X:3
T:The Even Jig again
M:6/8
L:1/8
K:D
|:dff cee|def gfe|dff cee|dfe dBA:|

X:4
T:Broken
M:4/4
L:1/8
K:C
CDEF GABc|[CEG

X:5
T:Waltz
M:3/4
L:1/4
K:Am
A2B|c2d|e2c|A3|]
"""


@dataclass(frozen=True)
class Run:
    """What one call of the command gave."""

    status: int
    out: str
    err: str


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five tunes: three to take, a duplicate of the first, and one that is broken."""
    path = tmp_path_factory.mktemp("tunes") / "book.abc"
    path.write_text(BOOK)
    return path


@pytest.fixture(scope="session")
def data_set(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set made of the book; for reading only."""
    output = tmp_path_factory.mktemp("data") / "set"
    assert main(["--input", str(book), "--output", str(output)]) == 0
    return output


@pytest.fixture
def ingest(capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run an ingestion in this process."""

    def run(*arguments: object) -> Run:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return Run(status, shown.out, shown.err)

    return run


@pytest.fixture
def told() -> Callable[[str], str]:
    """What a run said on standard error, without the progress that one on a busy machine shows."""
    return lambda errors: re.sub(r"^ *\d+ s  .*\n", "", errors, flags=re.MULTILINE)


@pytest.fixture
def tune() -> Callable[..., Record]:
    """Make a record; what a test does not name is as in any plain tune."""

    def make(**changes: object) -> Record:
        fields: dict[str, object] = {
            "abc": "M:4/4\nL:1/8\nK:D\nDEFG|\n",
            "id": "0123456789abcdef",
            "family": "0123456789abcdef",
            "source": "input",
            "path": "book.abc",
            "license": "not stated",
            "offset": 17,
            "title": "Tune",
            "rhythm": "",
            "meter": "4/4",
            "unit_note_length": "1/8",
            "tonic": "D",
            "mode": "major",
            "bars": 1,
            "notes": 4,
            "levels": ("parseable",),
            "repairs": (),
        }
        return Record(**fields | changes)  # type: ignore[arg-type]

    return make
