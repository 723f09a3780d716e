import json
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.runs import decided_bytes
from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import open_local
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.sources.inputs import input_files
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.steps import reading
from tuneloom.pipeline.steps.plan import Job, SortKey
from tuneloom.pipeline.steps.reading import (
    PART_CHARACTERS,
    cut,
    group_jobs,
    open_jobs,
    placed_tunes,
)


def found_in(path: Path, limit: int | None = None) -> list[tuple[SortKey, Any]]:
    job = Job(2, SourceFile("input", path.name, "not stated", str(path)), limit)
    return [
        placed
        for job, file in open_jobs([job], Limits(), open_local)
        for placed in placed_tunes(job, file)
    ]


@given(st.lists(st.integers(1, 40_000), max_size=400))
def test_every_tune_is_in_one_part_and_parts_are_of_a_size(sizes: list[int]) -> None:
    found = [
        (SortKey(0, 0, number, 1), RawTune("", "", "", number, 1, "A" * size))
        for number, size in enumerate(sizes)
    ]
    parts = list(cut(found))
    assert [placed for part in parts for placed in part] == found
    for part in parts[:-1]:
        size = sum(len(tune.text) for _, tune in part if isinstance(tune, RawTune))
        assert PART_CHARACTERS <= size < 8 * PART_CHARACTERS + 40_000


def test_a_job_reads_up_to_its_limit(book: Path) -> None:
    places = [place for place, _ in found_in(book, 3)]
    assert [place.file for place in places] == [2, 2, 2]
    assert places == sorted(places)
    assert places[0] == SortKey(2, 0, 39, 3)


def test_the_files_of_an_archive_are_read_in_one_pass(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "box.zip", "w") as archive:
        for number in range(30):
            archive.writestr(f"{number}.abc", "X:1\nK:D\nABcd|\n")
    tmp_path.joinpath("one.abc").write_text("X:1\nK:D\nABcd|\n")
    opened: list[str] = []

    def opener(location: str) -> BinaryIO:
        opened.append(Path(location).name)
        return open_local(location)

    jobs = [Job(order, file) for order, file in enumerate(input_files([str(tmp_path)]))]
    groups = group_jobs(jobs)
    assert [len(group) for group in groups] == [30, 1]
    tunes = [
        found
        for group in groups
        for job, file in open_jobs(group, Limits(), opener)
        for found in placed_tunes(job, file)
    ]
    assert len({place for place, _ in tunes}) == 31
    assert opened == ["box.zip", "one.abc"]


def test_a_data_set_does_not_depend_on_the_size_of_parts(
    ingest: Callable[..., Any],
    book: Path,
    data_set: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "PART_CHARACTERS", 100)
    done = ingest("--input", book, "--output", tmp_path / "set")
    assert done.status == 0, done.err
    assert decided_bytes(tmp_path / "set") == decided_bytes(data_set)


@pytest.mark.slow
def test_a_large_file_that_is_rejected_is_reported_once(
    ingest: Callable[..., Any], book: Path, tmp_path: Path
) -> None:
    prose = tmp_path / "prose.txt"
    prose.write_text("Once upon a time.\n" * PART_CHARACTERS)
    large = tmp_path / "large.abc"
    large.write_bytes(bytes(range(256)) * PART_CHARACTERS)
    files = [word for path in (book, prose, large) for word in ("--input", path)]
    options = ("--output", tmp_path / "set", "--max-file-mb", 10)
    assert ingest(*files, *options).status == 0
    manifest = Manifest.load(tmp_path / "set")
    assert Counter(file.path for source in manifest.sources for file in source.files) == {
        "book.abc": 1,
        "prose.txt": 1,
        "large.abc": 1,
    }
    rejects = map(json.loads, (tmp_path / "set" / "rejects.jsonl").read_text().splitlines())
    codes = Counter(reject["code"] for reject in rejects)
    assert (codes["no-tune"], codes["file-too-large"]) == (1, 1)
