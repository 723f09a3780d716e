"""The pure functions round the judging of a tune: find it, list rejects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from corpus.limits import Limits
from corpus.reading import split
from corpus.record import RawTune, Reject
from pipeline.layout import REJECTS
from pipeline.plan import Job, Place
from pipeline.shards import write_atomically

__all__ = ["read_job", "write_rejects"]


def read_job(
    job: Job, data: bytes | Reject, limits: Limits
) -> Iterator[tuple[Place, RawTune | Reject]]:
    """The tunes in the bytes of a file, each with its place, up to the job's limit."""
    tunes = iter([data]) if isinstance(data, Reject) else split(job.file, data, limits)
    for found in islice(tunes, job.limit):
        yield Place(job.order, found.offset, found.line), found


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
