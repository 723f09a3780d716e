"""The plan of a run: plain values, made before Beam is loaded, that are sent to every worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import NamedTuple

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.license import License
from tuneloom.corpus.reading.tune_files import TuneFile
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.corpus.source import SourceFile
from tuneloom.grammar.editing.selection import is_wanted
from tuneloom.pipeline.dataset.splits import FamilySplit

__all__ = ["Job", "Plan", "SortKey", "SourceCredit", "limit_jobs", "wanted_tunes"]


class SortKey(NamedTuple):
    """The position of a tune among all that are read: keys sort by file, by row of a table, and by offset."""

    file: int
    row: int
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
    column: str = ""  # of tunes in the user's own tables
    splitting: FamilySplit = field(default_factory=FamilySplit)
    query: str = ""  # that holds for the tunes to read
    held_out: tuple[str, ...] = ()  # sources whose tunes, and their families, are test tunes


def limit_jobs(
    files: Sequence[SourceFile],
    limit: int | None,
    open_files: Callable[[Sequence[SourceFile]], Iterable[TuneFile]],
    query: str = "",
) -> Iterator[Job]:
    """The jobs that read the first `limit` tunes of the files for which the query holds.

    Reading is much cheaper than judging, so the tunes up to the limit are simply counted here. Which
    tunes come first then depends only on the order of the files.
    """
    if limit is None:
        yield from (Job(order, file) for order, file in enumerate(files))
        return
    orders = {file: order for order, file in enumerate(files)}
    left = limit
    for _, group in groupby(files, key=lambda file: file.location):
        together = list(group) if left else []
        counts = {
            opened.file: sum(1 for _ in islice(wanted_tunes(opened, query), left))
            for opened in open_files(together)
        }
        for file in together:
            if left:
                taken = min(counts[file], left)
                yield Job(orders[file], file, taken)
                left -= taken


def wanted_tunes(file: TuneFile, query: str) -> Iterator[RawTune | Reject]:
    """What is found in a file, without the tunes for which the query does not hold."""
    for found in file.tunes():
        if isinstance(found, Reject) or is_wanted(query, found.text, found.file_header):
            yield found
