"""Counters in the runner's own metrics, so that a cluster's dashboard shows what a run finds.

In the namespace `tuneloom` there are, for each source, the counters `read/SOURCE`,
`parseable-as-found/SOURCE` and `parseable-after-repair/SOURCE`, and `rejected/CODE/SOURCE` for each code.
They are for watching a run: some runners count a bundle that is repeated twice. The manifest has the
exact counts.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from apache_beam.metrics.metric import Metrics

from tuneloom.corpus.record import Reject
from tuneloom.pipeline.steps.report import Report

__all__ = ["METRICS", "count_judged", "count_rejects"]

METRICS = "tuneloom"
"""The namespace of the counters."""


def count_judged(report: Report) -> None:
    """Count the tunes of a report, by source."""
    for source, count in report.read.items():
        _increment(f"read/{source}", count)
        _increment(f"parseable-as-found/{source}", report.levels[source, "parseable"])
        _increment(f"parseable-after-repair/{source}", report.parseable_repaired[source])


def count_rejects(rejects: Iterable[Reject]) -> None:
    """Count tunes and files that were not taken, by code and source."""
    found = Counter((reject.code, reject.source) for reject in rejects)
    for (code, source), count in found.items():
        _increment(f"rejected/{code}/{source}", count)


def _increment(name: str, by: int) -> None:
    Metrics.counter(METRICS, name).inc(by)
