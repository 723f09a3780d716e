import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.runs import decided_bytes
from tuneloom.corpus.reading.limits import Limits
from tuneloom.corpus.reading.tunebooks import open_local
from tuneloom.corpus.source import SourceFile
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.steps import parts
from tuneloom.pipeline.steps.parts import MAX_PARTS, PART_BYTES, PartReader, parts_of, tunes_in_file
from tuneloom.pipeline.steps.plan import Job, SortKey


def job(path: Path, limit: int | None = None) -> Job:
    return Job(2, SourceFile("input", path.name, "not stated", str(path)), limit)


@given(st.integers(0, 3 * MAX_PARTS * PART_BYTES))
def test_a_larger_file_has_more_parts_up_to_a_maximum(size: int) -> None:
    cut = parts_of(job(Path("book.abc")), b"X" * size)
    assert [part.index for part in cut] == list(range(len(cut)))
    assert {part.count for part in cut} == {len(cut)}
    assert len(cut) == MAX_PARTS or (len(cut) - 1) * PART_BYTES <= size < len(cut) * PART_BYTES


@given(st.integers(1, 60), st.integers(1, 5_000), st.none() | st.integers(1, 70))
def test_each_tune_is_in_one_part(
    tmp_path_factory: pytest.TempPathFactory, tunes: int, size: int, limit: int | None
) -> None:
    path = tmp_path_factory.mktemp("parts") / "book.abc"
    path.write_text("".join(f"X:{number}\nK:D\nDEFG|\n\n" for number in range(tunes)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "PART_BYTES", size)
        cut = parts_of(job(path, limit), path.read_bytes())
    reader = PartReader(Limits(), open_local)
    found = [placed for part in cut for placed in reader.read(part)]
    offsets = sorted(place.offset for place, _ in found)
    assert offsets == sorted({place.offset for place, _ in found})
    assert len(found) == min(tunes, limit or tunes)
    assert {place.file for place, _ in found} == {2}


def test_a_job_reads_up_to_its_limit(book: Path) -> None:
    places = [place for place, _ in tunes_in_file(job(book, 3), book.read_bytes(), Limits())]
    assert [place.file for place in places] == [2, 2, 2]
    assert places == sorted(places)
    assert places[0] == SortKey(2, 39, 3)


def test_the_parts_of_a_file_in_a_row_are_read_once(book: Path) -> None:
    opened: list[str] = []

    def opener(location: str) -> BinaryIO:
        opened.append(location)
        return open_local(location)

    reader = PartReader(Limits(), opener)
    for part in parts_of(job(book), book.read_bytes()) * 3:
        reader.read(part)
    assert opened == [str(book)]


def test_a_file_that_changes_during_the_run_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "book.abc"
    path.write_text("X:1\nK:D\nDEFG|\n")
    (part,) = parts_of(job(path), path.read_bytes())
    path.write_text("X:1\nK:D\nGFED|\n")
    with pytest.raises(OSError, match=r"book\.abc changed while it was read"):
        PartReader(Limits(), open_local).read(part)


def test_a_data_set_does_not_depend_on_the_size_of_parts(
    ingest: Callable[..., Any],
    book: Path,
    data_set: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parts, "PART_BYTES", 100)
    done = ingest("--input", book, "--output", tmp_path / "set")
    assert done.status == 0, done.err
    assert decided_bytes(tmp_path / "set") == decided_bytes(data_set)


def test_a_large_file_that_is_rejected_is_reported_once(
    ingest: Callable[..., Any], book: Path, tmp_path: Path
) -> None:
    prose = tmp_path / "prose.txt"
    prose.write_text("Once upon a time.\n" * PART_BYTES)
    large = tmp_path / "large.abc"
    large.write_bytes(bytes(range(256)) * PART_BYTES)
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
