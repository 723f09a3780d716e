"""Parts of files: a large file is judged in parts, to keep all workers busy.

No text is sent for that. Each part names its file, which the worker reads again: finding the tunes takes
a fiftieth of the time that judging them does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from tuneloom.corpus.reading.limits import Limits
from tuneloom.corpus.reading.tunebooks import Opener, load_tunebook, split_tunebook
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.pipeline.steps.plan import Job, SortKey

__all__ = ["Part", "PartReader", "parts_of", "tunes_in_file"]

PART_BYTES = 128_000
MAX_PARTS = 16


@dataclass(frozen=True, slots=True)
class Part:
    """Every `count`-th tune of a file, from tune `index` on. `sha256` is the hash of the file."""

    job: Job
    index: int
    count: int
    sha256: str


def parts_of(job: Job, data: bytes) -> list[Part]:
    """Divide the tunes of a file with these bytes; a larger file has more parts."""
    count = min(MAX_PARTS, 1 + len(data) // PART_BYTES)
    digest = hashlib.sha256(data).hexdigest()
    return [Part(job, index, count, digest) for index in range(count)]


def tunes_in_file(
    job: Job, data: bytes | Reject, limits: Limits
) -> Iterator[tuple[SortKey, RawTune | Reject]]:
    """The tunes in the bytes of a file, or a reject, up to the job's limit."""
    tunes = iter([data]) if isinstance(data, Reject) else split_tunebook(job.file, data, limits)
    for found in islice(tunes, job.limit):
        yield SortKey(job.order, found.offset, found.line), found


class PartReader:
    """Finds the tunes of parts. It caches those of the last file, since a worker gets its parts in a row."""

    def __init__(self, limits: Limits, open_: Opener) -> None:
        self._limits = limits
        self._open = open_
        self._job: Job | None = None
        self._found: list[tuple[SortKey, RawTune | Reject]] = []

    def read(self, part: Part) -> list[tuple[SortKey, RawTune | Reject]]:
        """The tunes of a part, up to the job's limit over all parts.

        Raises:
            OSError: the file has changed since it was divided into parts.
        """
        if part.job != self._job:
            self._found = list(self._read(part))
            self._job = part.job
        return self._found[part.index :: part.count]

    def _read(self, part: Part) -> Iterator[tuple[SortKey, RawTune | Reject]]:
        data = load_tunebook(part.job.file, self._limits, self._open)
        if isinstance(data, Reject) or hashlib.sha256(data).hexdigest() != part.sha256:
            raise OSError(f"{part.job.file.path} changed while it was read")
        return tunes_in_file(part.job, data, self._limits)
