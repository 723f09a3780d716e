"""A small tunebook of every fate, a data set made of it, and a way to run the command in place."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest
from apache_beam.io.filesystem import BeamIOError, FileMetadata, MatchResult
from apache_beam.io.localfilesystem import LocalFileSystem

from tuneloom.corpus.record import Record
from tuneloom.pipeline.run import main
from tuneloom.pipeline.storage import paths

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


class Shelf(LocalFileSystem):
    """An object store in memory; Beam finds it by its scheme."""

    files: ClassVar[dict[str, bytes]] = {}

    @classmethod
    def scheme(cls) -> str:
        return "shelf"

    def has_dirs(self) -> bool:
        return False

    def match(self, patterns: list[str], limits: Any = None) -> list[MatchResult]:
        del limits
        (pattern,) = patterns
        names = re.compile(self.translate_pattern(pattern))
        found = [
            FileMetadata(name, len(self.files[name])) for name in self.files if names.match(name)
        ]
        return [MatchResult(pattern, found)]

    def open(self, path: str, *_: Any, **__: Any) -> io.BytesIO:
        return io.BytesIO(self._find(path))

    def create(self, path: str, *_: Any, **__: Any) -> io.BytesIO:
        files = self.files

        class Upload(io.BytesIO):
            def close(self) -> None:
                files[path] = self.getvalue()
                super().close()

        return Upload()

    def rename(self, source_file_names: list[str], destination_file_names: list[str]) -> None:
        for source, destination in zip(source_file_names, destination_file_names, strict=True):
            self.files[destination] = self._find(source)
            del self.files[source]

    def exists(self, path: str) -> bool:
        return path in self.files

    def delete(self, paths: list[str]) -> None:
        for path in paths:
            if path.endswith("/"):
                for name in [name for name in self.files if name.startswith(path)]:
                    del self.files[name]
            else:
                self._find(path)
                del self.files[path]

    def _find(self, path: str) -> bytes:
        if path not in self.files:
            raise BeamIOError(f"no {path}")  # type: ignore[no-untyped-call]
        return self.files[path]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What is in the object store `shelf://`, by its URL; nothing at first."""
    monkeypatch.setattr(paths, "STORES", ("shelf",))
    Shelf.files.clear()
    return Shelf.files


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
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make a data set of a tunebook."""

    def run(book: str) -> Path:
        folder = tmp_path_factory.mktemp("made")
        (folder / "book.abc").write_text(book)
        assert main(["--input", str(folder / "book.abc"), "--output", str(folder / "set")]) == 0
        return folder / "set"

    return run


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
            "row": 0,
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
