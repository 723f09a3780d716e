"""Inputs in an object store; `shelf://` is one in memory."""

import gzip

import pytest

from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.storage.remote_inputs import open_anywhere, remote_files

TUNE = b"X:1\nT:One\nK:D\nABcd|\n"
STORED = {
    "shelf://box/one.abc": TUNE,
    "shelf://box/deep/two.abc.gz": gzip.compress(TUNE)[:-4],
    "shelf://box/notes.md": b"# no tune",
}


@pytest.fixture(autouse=True)
def stored(shelf: dict[str, bytes]) -> None:
    shelf.update(STORED)


def test_a_folder_gives_its_tunebooks_with_paths_below_it() -> None:
    assert [file.path for file in remote_files(["shelf://box/"])] == ["deep/two.abc.gz", "one.abc"]


def test_a_glob_is_searched_and_a_file_named_twice_is_read_once() -> None:
    files = remote_files(["shelf://box/*.abc", "shelf://box/one.abc"])
    assert [file.path for file in files] == ["one.abc"]
    [found] = read_raw_tunes(files[0], open_=open_anywhere)
    assert isinstance(found, RawTune)
    assert found.text == TUNE.decode()


def test_a_cut_gzip_file_is_noticed_there_too() -> None:
    [file] = remote_files(["shelf://box/deep/two.abc.gz"])
    [reject] = read_raw_tunes(file, open_=open_anywhere)
    assert isinstance(reject, Reject)
    assert reject.code == "damaged-archive"


def test_a_store_that_cannot_be_reached_is_not_a_fault_of_the_file() -> None:
    with pytest.raises(ValueError, match="Unable to get filesystem"):
        open_anywhere("nowhere://box/one.abc")


@pytest.mark.parametrize("text", ["shelf://box/none.abc", "nowhere://box/one.abc"])
def test_an_input_that_finds_nothing_is_an_error(text: str) -> None:
    with pytest.raises(UsageError, match="input"):
        remote_files([text])
