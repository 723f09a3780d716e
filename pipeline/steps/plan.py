"""What a run is to do, settled before Beam is loaded: plain values that travel to every worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from tuneloom.corpus.reading.limits import Limits
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.corpus.source import SourceFile

__all__ = ["Job", "Place", "Plan", "SourceTerms", "limited"]


class Place(NamedTuple):
    """Where a tune stands among all that are read; places sort file by file, line by line."""

    file: int
    offset: int
    line: int


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read: its place in the order of the files, and how many of its tunes at most."""

    order: int
    file: SourceFile
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class SourceTerms:
    """What a source allows, and how it is cited."""

    name: str
    license: str
    citation: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides the bytes of a data set, besides the code."""

    profile: str
    grammar: str
    limit: int | None
    shards: dict[str, int]
    sources: tuple[SourceTerms, ...]
    jobs: tuple[Job, ...]
    limits: Limits = field(default_factory=Limits)


def limited(
    files: Sequence[SourceFile],
    limit: int | None,
    read: Callable[[SourceFile], Iterable[RawTune | Reject]],
) -> Iterator[Job]:
    """The jobs that read the first `limit` tunes of the files and no more.

    Reading is cheap beside judging, so the files up to the limit are simply counted here; which
    tunes are the first then depends on nothing but the order of the files.
    """
    left = limit
    for order, file in enumerate(files):
        if left is None:
            yield Job(order, file)
        elif left > 0:
            taken = sum(1 for _ in islice(read(file), left))
            yield Job(order, file, taken)
            left -= taken
