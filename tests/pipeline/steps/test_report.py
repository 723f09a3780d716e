import copy
import itertools
from collections.abc import Callable
from pathlib import Path

from tuneloom.corpus.record import Outcome, Record, Reject
from tuneloom.corpus.source import SourceFile
from tuneloom.pipeline.dataset.manifest import Shard
from tuneloom.pipeline.steps.plan import Job
from tuneloom.pipeline.steps.report import Report

JOB = Job(0, SourceFile("input", "a", "", "a"))


def counted(source: str, outcome: Outcome) -> Report:
    report = Report()
    report.count(source, outcome)
    return report


def test_parts_add_up_to_the_same_in_any_order(tune: Callable[..., Record]) -> None:
    reject = Reject("aird", "a", 0, 1, 1, "bad-key", "")
    parts = [
        counted("aird", Outcome(tune(), ("parseable",), True)),
        counted("ryan", Outcome(reject, (), True)),
        Report.of_rejects([reject, reject]),
        Report.of_records("train", [tune(rhythm="jig", bars=8)]),
        Report.of_records("train", [tune(), tune(levels=())]),
        Report(shards=[Shard("s", "train", 1, 9, "")]),
    ]
    totals = []
    for order in itertools.permutations(parts):
        total = Report()
        for part in order:
            total.add(copy.deepcopy(part))
        totals.append(total)
    assert all(total == totals[0] for total in totals)
    assert totals[0].read.total() == 2
    assert totals[0].splits["train"].features["bars"].counts == {1: 2, 8: 1}
    assert totals[0].splits["train"].features["levels"].min_values == 0


def test_a_file_is_known_by_its_bytes(book: Path) -> None:
    (facts,) = Report.of_file(JOB, "0" * 64, book.stat().st_size).files
    assert facts.bytes == book.stat().st_size
    assert len(facts.sha256) == 64
