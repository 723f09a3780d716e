"""The pure functions round the judging of a tune: find it, list rejects, read the list back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from corpus.limits import Limits
from corpus.reading import split
from corpus.record import RawTune, Reject
from grammar.errors import UsageError
from pipeline.layout import REJECTS
from pipeline.plan import Job, Place
from pipeline.shards import write_atomically

__all__ = ["load_rejects", "read_job", "write_rejects"]


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


def load_rejects(path: Path) -> Iterator[Reject]:
    """Read back what `write_rejects` wrote. Raises UsageError, for a damaged line too."""
    try:
        lines = path.read_bytes().split(b"\n")[:-1]
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); ingest it again") from error
    for number, line in enumerate(lines, start=1):
        try:
            yield Reject(**json.loads(line))
        except (ValueError, TypeError) as error:
            raise UsageError(f"{path}:{number}: damaged ({error}); ingest it again") from error


def _line(reject: Reject) -> bytes:
    fields = asdict(reject)
    if not reject.kept:
        del fields["kept"]
    # Half a surrogate, as in a file name that is not UTF-8, comes out as JSON's own escape.
    return json.dumps(fields, ensure_ascii=False).encode(errors="backslashreplace") + b"\n"
