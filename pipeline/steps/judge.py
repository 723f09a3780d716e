"""The pure functions round the judging of tunes: judge a part of a file, list rejects, read the list."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tuneloom.corpus.admit import admit
from tuneloom.corpus.record import RawTune, Record, Reject
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.files import REJECTS
from tuneloom.pipeline.dataset.shards import range_of, write_atomically
from tuneloom.pipeline.steps.deduplicate import sketch
from tuneloom.pipeline.steps.plan import Place, Plan
from tuneloom.pipeline.steps.report import Report
from tuneloom.pipeline.storage.paths import AnyPath

__all__ = ["Judged", "judge", "load_rejects", "write_rejects"]


@dataclass(slots=True)
class Judged:
    """What became of some tunes: `ranges` holds the records by the range that their ids fall into."""

    report: Report = field(default_factory=Report)
    ranges: dict[int, list[tuple[Place, Record]]] = field(default_factory=lambda: defaultdict(list))
    sketches: list[bytes] = field(default_factory=list)
    rejects: list[tuple[Place, Reject]] = field(default_factory=list)


def judge(placed: Iterable[tuple[Place, RawTune | Reject]], plan: Plan) -> Judged:
    """Judge what was found in files, each with its place."""
    judged = Judged()
    for place, found in placed:
        if isinstance(found, Reject):
            judged.rejects.append((place, found))
            continue
        outcome = admit(found, plan.profile)
        judged.report.count(found.source, outcome)
        if isinstance(outcome.result, Reject):
            judged.rejects.append((place, outcome.result))
        else:
            record = outcome.result
            judged.ranges[range_of(record.id, plan.shards)].append((place, record))
            judged.sketches.append(sketch(record.id, outcome.signature))
    return judged


def write_rejects(directory: AnyPath, placed: Iterable[tuple[Place, Reject]]) -> list[Reject]:
    """Write what was not taken, one JSON object a line, in the order in which it was found."""
    ordered = [reject for _, reject in sorted(placed, key=lambda pair: (pair[0], pair[1].code))]
    write_atomically(directory / REJECTS, map(_line, ordered))
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
