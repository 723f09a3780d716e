"""The pure functions round the judging of a tune: find it, drop its duplicates, list rejects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from corpus.reading import read
from corpus.record import RawTune, Record, Reject
from pipeline.layout import REJECTS
from pipeline.plan import Job, Place
from pipeline.shards import write_atomically

__all__ = ["keep_first", "read_job", "write_rejects"]


def read_job(job: Job) -> Iterator[tuple[Place, RawTune | Reject]]:
    """The tunes of a file, each with its place, up to the job's limit."""
    for found in islice(read(job.file), job.limit):
        yield Place(job.order, found.offset, found.line), found


def keep_first(
    placed: Iterable[tuple[Place, Record]],
) -> tuple[Record, list[tuple[Place, Reject]]]:
    """Of tunes with one melody, the first in the order of reading, and a reject for each other."""
    (_, kept), *others = sorted(placed, key=lambda pair: pair[0])
    return kept, [(place, _duplicate(place, record, kept)) for place, record in others]


def _duplicate(place: Place, record: Record, kept: Record) -> Reject:
    return Reject(
        source=record.source,
        path=record.path,
        offset=place.offset,
        line=place.line,
        column=1,
        code="duplicate",
        message=f"the same melody as the tune at byte {kept.offset} of {kept.source} {kept.path}",
        kept=kept.id,
    )


def write_rejects(directory: Path, placed: Iterable[tuple[Place, Reject]]) -> list[Reject]:
    """Write what was not taken, one JSON object a line, in the order in which it was found."""
    ordered = [reject for _, reject in sorted(placed, key=lambda pair: (pair[0], pair[1].code))]
    write_atomically(directory / REJECTS, [_line(reject) for reject in ordered])
    return ordered


def _line(reject: Reject) -> bytes:
    fields = asdict(reject)
    if not reject.kept:
        del fields["kept"]
    # Half a surrogate, as in a file name that is not UTF-8, comes out as JSON's own escape.
    return json.dumps(fields, ensure_ascii=False).encode(errors="backslashreplace") + b"\n"
