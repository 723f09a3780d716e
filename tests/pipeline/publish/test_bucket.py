"""A data set in an object store; `shelf://` is one in memory."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tuneloom.pipeline.dataset.files import COMPLETED, RUN
from tuneloom.pipeline.publish import bucket
from tuneloom.pipeline.storage import paths
from tuneloom.pipeline.storage.paths import RemotePath

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


def test_only_a_data_set_is_replaced_and_only_with_overwrite(
    ingest: Callable[..., Any], shelf: dict[str, bytes], book: Path
) -> None:
    arguments = ("--input", book, "--output", TARGET)
    for stranger in ("letter.txt", "letters/one.txt"):
        shelf[f"{TARGET}/{stranger}"] = b"Dear"
        assert "already exists; use --overwrite" in ingest(*arguments).err
        assert "not a data set" in ingest(*arguments, "--overwrite").err
        assert shelf == {f"{TARGET}/{stranger}": b"Dear"}
        shelf.clear()

    shelf[f"{TARGET}/"] = b""  # an empty folder, as the console of a store makes it
    assert ingest(*arguments, "--shards", 8).status == 0
    del shelf[f"{TARGET}/"]
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


@pytest.fixture
def closing(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the next so many moves of shards into the target fail."""
    move = RemotePath.replace
    failures = [0]

    def replace(path: RemotePath, target: RemotePath) -> None:
        if target.parent.url == TARGET and target.name.startswith("tunes-") and failures[0]:
            failures[0] -= 1
            raise OSError(5, "the store is closed", target.url)
        move(path, target)

    monkeypatch.setattr(RemotePath, "replace", replace)
    monkeypatch.setattr(bucket, "RETRY_DELAYS", (0.0, 0.0))
    return lambda times: failures.__setitem__(0, times)


def test_a_file_that_cannot_be_moved_is_tried_again(
    ingest: Callable[..., Any],
    shelf: dict[str, bytes],
    closing: Callable[[int], None],
    book: Path,
) -> None:
    closing(2)
    assert ingest("--input", book, "--output", TARGET).status == 0
    assert not any(".partial" in url for url in shelf)


def test_if_moving_fails_there_is_no_data_set_and_no_file_is_lost(
    ingest: Callable[..., Any],
    shelf: dict[str, bytes],
    closing: Callable[[int], None],
    book: Path,
) -> None:
    arguments = ("--input", book, "--output", TARGET, "--overwrite")
    assert ingest(*arguments).status == 0
    whole = below(shelf, TARGET)

    closing(3)
    done = ingest(*arguments)
    assert done.status == 4
    assert "moving the files into place failed (the store is closed)" in done.err
    [staged] = {url.rpartition("/")[0] for url in shelf if url.endswith(f".partial/{COMPLETED}")}
    assert f"the files not moved are in {staged}; " in done.err
    assert f"{TARGET}/{COMPLETED}" not in shelf
    assert {**below(shelf, TARGET), **below(shelf, staged)}.items() >= whole.items()
    assert ingest(*arguments).status == 0
    assert below(shelf, TARGET).items() >= whole.items()


def test_ctrl_c_while_files_are_moved_waits_for_the_last(
    ingest: Callable[..., Any],
    shelf: dict[str, bytes],
    book: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    move = RemotePath.replace

    def move_and_interrupt(path: RemotePath, target: RemotePath) -> None:
        if target.parent.url == TARGET:
            os.kill(os.getpid(), signal.SIGINT)
        move(path, target)

    monkeypatch.setattr(RemotePath, "replace", move_and_interrupt)
    assert ingest("--input", book, "--output", TARGET).status == 0
    assert f"{TARGET}/{COMPLETED}" in shelf


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("hdfs://box/set", "a data set is written to a disk, or to a bucket of shelf://"),
        ("shelf://", "not the name of a bucket"),
        ("shelf://box/set[1]", "not the name of a bucket"),
    ],
)
def test_an_unsupported_output_is_reported_before_anything_is_read(
    ingest: Callable[..., Any], shelf: dict[str, bytes], output: str, message: str
) -> None:
    done = ingest("--input", "nowhere.abc", "--output", output)
    assert done.status == 2
    assert done.err.startswith(f"error: {output}: {message}")
    assert shelf == {}


def test_a_store_that_is_not_there_is_reported_in_one_line(
    ingest: Callable[..., Any], book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "STORES", ("nowhere",))
    done = ingest("--input", book, "--output", "nowhere://box/set")
    assert done.status == 2
    assert done.err.startswith(
        "error: nowhere://box/set: cannot be written (Unable to get filesystem"
    )
    assert done.err.count("\n") == 1
