"""A large file is judged in parts, so that it keeps all workers busy; no text travels for that.

Each part names the file, which its worker reads again; finding the tunes takes a fiftieth of the time
that judging them does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from tuneloom.corpus.reading.limits import Limits
from tuneloom.corpus.reading.tunebooks import Opener, load, split
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.pipeline.steps.plan import Job, Place

__all__ = ["Part", "PartReader", "parts_of", "tunes_of"]

PART_BYTES = 128_000
MOST_PARTS = 16


@dataclass(frozen=True, slots=True)
class Part:
    """Every `count`-th tune of a file from the one numbered `index` on; `sha256` is of the file's bytes."""

    job: Job
    index: int
    count: int
    sha256: str


def parts_of(job: Job, data: bytes) -> list[Part]:
    """The parts in which the tunes of a file with these bytes are judged: more for a larger file."""
    count = min(MOST_PARTS, 1 + len(data) // PART_BYTES)
    digest = hashlib.sha256(data).hexdigest()
    return [Part(job, index, count, digest) for index in range(count)]


def tunes_of(
    job: Job, data: bytes | Reject, limits: Limits
) -> Iterator[tuple[Place, RawTune | Reject]]:
    """What is found in the bytes of a file, each with its place, up to the job's limit."""
    tunes = iter([data]) if isinstance(data, Reject) else split(job.file, data, limits)
    for found in islice(tunes, job.limit):
        yield Place(job.order, found.offset, found.line), found


class PartReader:
    """Finds the tunes of parts. It keeps those of the last file, as a worker meets its parts in a row."""

    def __init__(self, limits: Limits, open_: Opener) -> None:
        self._limits = limits
        self._open = open_
        self._job: Job | None = None
        self._found: list[tuple[Place, RawTune | Reject]] = []

    def read(self, part: Part) -> list[tuple[Place, RawTune | Reject]]:
        """What the part holds, each with its place, up to the job's limit over all parts.

        Raises OSError for a file that is no longer the one which was cut into parts.
        """
        if part.job != self._job:
            self._found = list(self._read(part))
            self._job = part.job
        return self._found[part.index :: part.count]

    def _read(self, part: Part) -> Iterator[tuple[Place, RawTune | Reject]]:
        data = load(part.job.file, self._limits, self._open)
        if isinstance(data, Reject) or hashlib.sha256(data).hexdigest() != part.sha256:
            raise OSError(f"{part.job.file.path} changed while it was read")
        return tunes_of(part.job, data, self._limits)
