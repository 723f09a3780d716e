from collections.abc import Iterator

from tuneloom.corpus.record import RawTune
from tuneloom.corpus.source import SourceFile
from tuneloom.pipeline.steps.plan import limit_jobs

FILES = [SourceFile("input", name, "not stated", name) for name in ("a.abc", "b.abc", "c.abc")]


def three_tunes(file: SourceFile) -> Iterator[RawTune]:
    for offset in range(3):
        yield RawTune(file.source, file.path, file.license, offset, offset + 1, "X:1\n")


def test_without_a_limit_every_file_is_read_to_its_end() -> None:
    assert [job.limit for job in limit_jobs(FILES, None, three_tunes)] == [None, None, None]


def test_a_limit_takes_the_first_tunes_in_the_order_of_the_files() -> None:
    jobs = list(limit_jobs(FILES, 4, three_tunes))
    assert [(job.order, job.file.path, job.limit) for job in jobs] == [
        (0, "a.abc", 3),
        (1, "b.abc", 1),
    ]


def test_a_limit_beyond_the_last_tune_takes_all() -> None:
    assert [job.limit for job in limit_jobs(FILES, 100, three_tunes)] == [3, 3, 3]
