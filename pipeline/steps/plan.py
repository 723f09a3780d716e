"""The plan of a run: plain values, made before Beam is loaded, that are sent to every worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from tuneloom.corpus.license import License
from tuneloom.corpus.reading.limits import Limits
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.corpus.source import SourceFile

__all__ = ["Job", "Plan", "SortKey", "SourceCredit", "limit_jobs"]


class SortKey(NamedTuple):
    """The position of a tune among all that are read: keys sort by file, then by offset."""

    file: int
    offset: int
    line: int


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read: its index in the order of files, and the maximum number of tunes to take."""

    order: int
    file: SourceFile
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class SourceCredit:
    """What a data set says of a source. The user's own files have no citation and no homepage."""

    name: str
    title: str
    license: License
    citation: str = ""
    homepage: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides the bytes of a data set, apart from the code."""

    profile: str
    grammar: str
    limit: int | None
    shards: dict[str, int]
    sources: tuple[SourceCredit, ...]
    jobs: tuple[Job, ...]
    limits: Limits = field(default_factory=Limits)
    plugins: tuple[str, ...] = ()  # modules that workers import before they judge


def limit_jobs(
    files: Sequence[SourceFile],
    limit: int | None,
    read: Callable[[SourceFile], Iterable[RawTune | Reject]],
) -> Iterator[Job]:
    """The jobs that read the first `limit` tunes of the files.

    Reading is much cheaper than judging, so the tunes up to the limit are simply counted here. Which
    tunes come first then depends only on the order of the files.
    """
    left = limit
    for order, file in enumerate(files):
        if left is None:
            yield Job(order, file)
        elif left > 0:
            taken = sum(1 for _ in islice(read(file), left))
            yield Job(order, file, taken)
            left -= taken
