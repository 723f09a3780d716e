"""A data set in an object store; `shelf://` is one in memory."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.layout import COMPLETED, RUN
from pipeline.paths import RemotePath

TARGET = "shelf://box/set"


def below(shelf: dict[str, bytes], folder: str) -> dict[str, bytes]:
    """The files in a folder, by name, without how they were made."""
    found = {url.removeprefix(f"{folder}/"): data for url, data in shelf.items()}
    return {name: data for name, data in found.items() if name != RUN}


def test_the_files_are_those_of_a_data_set_on_a_disk(
    ingest: Callable[..., Any], shelf: dict[str, bytes], book: Path, data_set: Path
) -> None:
    done = ingest("--input", book, "--output", f"{TARGET}/")
    assert done.status == 0, done.err
    assert f"{TARGET}: " in done.out
    on_disk = {path.name: path.read_bytes() for path in data_set.iterdir() if path.name != RUN}
    assert below(shelf, TARGET) == on_disk


def test_what_stands_there_is_replaced_only_if_it_is_a_data_set_and_only_when_asked(
    ingest: Callable[..., Any], shelf: dict[str, bytes], book: Path
) -> None:
    shelf[f"{TARGET}/letter.txt"] = b"Dear"
    arguments = ("--input", book, "--output", TARGET)
    assert "exists; give --overwrite" in ingest(*arguments).err
    assert "not a data set" in ingest(*arguments, "--overwrite").err
    assert shelf == {f"{TARGET}/letter.txt": b"Dear"}

    del shelf[f"{TARGET}/letter.txt"]
    assert ingest(*arguments, "--shards", 8).status == 0
    many = below(shelf, TARGET)
    assert ingest(*arguments, "--overwrite").status == 0
    assert len(below(shelf, TARGET)) == len(many) - 4
    assert below(shelf, TARGET)[COMPLETED] != many[COMPLETED]


def test_a_run_that_takes_nothing_leaves_nothing(
    ingest: Callable[..., Any], shelf: dict[str, bytes], tmp_path: Path
) -> None:
    (tmp_path / "book.abc").write_text("X:1\nT:Broken\nK:C\n[CEG\n")
    done = ingest("--input", tmp_path, "--output", TARGET)
    assert done.status == 2
    assert "not one tune could be taken" in done.err
    assert shelf == {}


def test_files_that_were_not_all_put_into_place_are_no_data_set_and_can_be_replaced(
    ingest: Callable[..., Any],
    shelf: dict[str, bytes],
    book: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    move = RemotePath.replace

    def move_no_shard(path: RemotePath, target: RemotePath) -> None:
        if target.parent.url == TARGET and target.name.startswith("tunes-"):
            raise OSError(5, "the store is closed", target.url)
        move(path, target)

    arguments = ("--input", book, "--output", TARGET, "--overwrite")
    with monkeypatch.context() as patched:
        patched.setattr(RemotePath, "replace", move_no_shard)
        done = ingest(*arguments)
    assert done.status == 4
    assert "putting the files into place broke off (the store is closed)" in done.err
    assert COMPLETED not in below(shelf, TARGET)
    assert not any(".partial" in url for url in shelf)
    assert ingest(*arguments).status == 0
    assert COMPLETED in below(shelf, TARGET)


def test_a_store_that_is_not_known_is_told_before_anything_is_read(
    ingest: Callable[..., Any], book: Path
) -> None:
    done = ingest("--input", book, "--output", "nowhere://box/set")
    assert done.status == 2
    assert done.err.startswith(
        "error: nowhere://box/set: cannot be written (Unable to get filesystem"
    )
    assert done.err.count("\n") == 1
