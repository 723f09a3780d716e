"""Beam finds a file system by its scheme; the one here lives in memory."""

import fnmatch
import gzip
import io
from typing import Any

import pytest
from apache_beam.io.filesystem import BeamIOError, FileMetadata
from apache_beam.io.localfilesystem import LocalFileSystem

from corpus.limits import Limits
from corpus.reading import load
from corpus.record import Reject
from grammar.errors import UsageError
from pipeline.remote import open_anywhere, remote_files

TUNE = b"X:1\nT:One\nK:D\nABcd|\n"
STORED = {
    "shelf://box/one.abc": TUNE,
    "shelf://box/deep/two.abc.gz": gzip.compress(TUNE)[:-4],
    "shelf://box/notes.md": b"# no tune",
}


class Shelf(LocalFileSystem):
    """A file system of which all that is read here is in STORED."""

    @classmethod
    def scheme(cls) -> str:
        return "shelf"

    def has_dirs(self) -> bool:
        return False

    def match(self, patterns: list[str], limits: Any = None) -> list[Any]:
        del limits
        (pattern,) = patterns
        found = [name for name in STORED if fnmatch.fnmatchcase(name, pattern)]
        result = type("Result", (), {})()
        result.metadata_list = [FileMetadata(name, len(STORED[name])) for name in found]
        return [result]

    def open(self, path: str, *_: Any, **__: Any) -> io.BytesIO:
        if path not in STORED:
            raise BeamIOError(f"no {path}")
        return io.BytesIO(STORED[path])


def test_a_folder_gives_its_tunebooks_with_paths_below_it() -> None:
    assert [file.path for file in remote_files(["shelf://box/"])] == ["deep/two.abc.gz", "one.abc"]


def test_a_glob_is_searched_and_a_file_named_twice_is_read_once() -> None:
    files = remote_files(["shelf://box/*.abc", "shelf://box/one.abc"])
    assert [file.path for file in files] == ["one.abc"]
    assert load(files[0], Limits(), open_anywhere) == TUNE


def test_a_cut_gzip_file_is_noticed_there_too() -> None:
    [file] = remote_files(["shelf://box/deep/two.abc.gz"])
    reject = load(file, Limits(), open_anywhere)
    assert isinstance(reject, Reject)
    assert reject.code == "damaged-archive"


@pytest.mark.parametrize("text", ["shelf://box/none.abc", "nowhere://box/one.abc"])
def test_an_input_that_finds_nothing_is_an_error(text: str) -> None:
    with pytest.raises(UsageError, match="input"):
        remote_files([text])
