from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import TuneFile, open_tune_files
from tuneloom.corpus.source import SourceFile
from tuneloom.pipeline.steps.plan import limit_jobs

NAMES = ("a.abc", "b.abc", "c.abc")


@pytest.fixture
def files(tmp_path: Path) -> list[SourceFile]:
    """Three files of three tunes each."""
    for name in NAMES:
        (tmp_path / name).write_text("X:1\nK:D\nABcd|\n\n" * 3)
    return [SourceFile("input", name, "", str(tmp_path / name)) for name in NAMES]


def opened(files: Sequence[SourceFile]) -> Iterator[TuneFile]:
    return open_tune_files(files, Limits())


def test_without_a_limit_every_file_is_read_to_its_end(files: list[SourceFile]) -> None:
    assert [job.limit for job in limit_jobs(files, None, opened)] == [None, None, None]


def test_a_limit_takes_the_first_tunes_in_the_order_of_the_files(files: list[SourceFile]) -> None:
    jobs = list(limit_jobs(files, 4, opened))
    assert [(job.order, job.file.path, job.limit) for job in jobs] == [
        (0, "a.abc", 3),
        (1, "b.abc", 1),
    ]


def test_a_limit_beyond_the_last_tune_takes_all(files: list[SourceFile]) -> None:
    assert [job.limit for job in limit_jobs(files, 100, opened)] == [3, 3, 3]
