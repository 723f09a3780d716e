"""Read files once and cut what they hold into parts, so that one large file keeps all workers busy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import Opener, TuneFile, open_tune_files
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.pipeline.steps.plan import Job, SortKey, wanted_tunes

__all__ = ["PART_CHARACTERS", "cut", "group_jobs", "open_jobs", "placed_tunes"]

PART_CHARACTERS = 128_000
_MAX_PART_CHARACTERS = 8 * PART_CHARACTERS
_PARTS = 16  # that a file is cut into, roughly, as long as they stay between the two sizes

PlacedTune = tuple[SortKey, RawTune | Reject]


def group_jobs(jobs: Iterable[Job]) -> list[tuple[Job, ...]]:
    """The jobs that are done together: those for the files of one archive, which is read in one pass."""
    return [tuple(group) for _, group in groupby(jobs, key=lambda job: job.file.location)]


def open_jobs(jobs: Sequence[Job], limits: Limits, open_: Opener) -> Iterator[tuple[Job, TuneFile]]:
    """Open the files of some jobs. Each is to be read before the next is asked for."""
    by_file = {job.file: job for job in jobs}
    for opened in open_tune_files(list(by_file), limits, open_):
        yield by_file[opened.file], opened


def placed_tunes(job: Job, file: TuneFile, query: str = "") -> Iterator[PlacedTune]:
    """What is found in a file, up to the job's limit, without the tunes for which the query does not hold."""
    for found in islice(wanted_tunes(file, query), job.limit):
        yield SortKey(job.order, found.row, found.offset, found.line), found


def cut(found: Iterable[PlacedTune]) -> Iterator[list[PlacedTune]]:
    """What is found in a file in parts, which are larger in a larger file."""
    part: list[PlacedTune] = []
    size = total = 0
    for placed in found:
        part.append(placed)
        size += len(placed[1].text if isinstance(placed[1], RawTune) else placed[1].message)
        if size >= min(max(PART_CHARACTERS, total // _PARTS), _MAX_PART_CHARACTERS):
            yield part
            total += size
            part, size = [], 0
    if part:
        yield part
