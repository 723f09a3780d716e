"""Judge the tunes of a part of a file."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tuneloom.corpus.admit import admit
from tuneloom.corpus.record import RawTune, Record, Reject
from tuneloom.corpus.sketch import TuneSketch
from tuneloom.pipeline.dataset.shards import range_of
from tuneloom.pipeline.steps.plan import Plan, SortKey
from tuneloom.pipeline.steps.report import Report

__all__ = ["JudgedTunes", "judge_tunes"]

_MANY_OBJECTS = 20_000


@dataclass(slots=True)
class JudgedTunes:
    """The outcome of some tunes. `ranges` holds the records by the range that their ids fall into."""

    report: Report = field(default_factory=Report)
    ranges: dict[int, list[tuple[SortKey, Record]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    sketches: list[TuneSketch] = field(default_factory=list)
    rejects: list[tuple[SortKey, Reject]] = field(default_factory=list)


def judge_tunes(found: Iterable[tuple[SortKey, RawTune | Reject]], plan: Plan) -> JudgedTunes:
    """Judge what was found in files."""
    judged = JudgedTunes()
    with _rare_collections():
        for key, tune in found:
            if isinstance(tune, Reject):
                judged.rejects.append((key, tune))
            else:
                _judge(key, tune, plan, judged)
    return judged


def _judge(key: SortKey, tune: RawTune, plan: Plan, judged: JudgedTunes) -> None:
    outcome = admit(tune, plan.profile)
    judged.report.count(tune.source, outcome)
    if isinstance(outcome.result, Reject):
        judged.rejects.append((key, outcome.result))
        return
    record = outcome.result
    judged.ranges[range_of(record.id, plan.shards)].append((key, record))
    if outcome.sketch:
        held_out = tune.source in plan.held_out
        judged.sketches.append(outcome.sketch._replace(held_out=held_out))


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Look for garbage less often: a tune has many objects and leaves hardly any cycles."""
    before, *others = gc.get_threshold()
    gc.set_threshold(max(before, _MANY_OBJECTS) if before else 0, *others)
    try:
        yield
    finally:
        gc.set_threshold(before, *others)
