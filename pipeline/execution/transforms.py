"""The steps of the graph as Beam transforms: thin shells around the pure functions of `pipeline.steps`."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import apache_beam as beam

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.record import RawTune, Record, Reject
from tuneloom.pipeline.dataset.files import split_of_shard
from tuneloom.pipeline.dataset.shards import (
    ShardPiece,
    join_pieces,
    shard_of,
    write_piece,
)
from tuneloom.pipeline.description.write import write_description
from tuneloom.pipeline.execution.counters import FOUND, JUDGED, PARTS, ProgressCounter
from tuneloom.pipeline.execution.failures import carry_errors
from tuneloom.pipeline.execution.metrics import count_judged, count_rejects
from tuneloom.pipeline.execution.worker_checks import WorkerCheck, require_input
from tuneloom.pipeline.steps.blocks import pack_block, unpack_blocks
from tuneloom.pipeline.steps.deduplicate import Families, deduplicate, find_families
from tuneloom.pipeline.steps.judge import judge_tunes
from tuneloom.pipeline.steps.plan import Job, Plan, SortKey
from tuneloom.pipeline.steps.reading import cut, open_jobs, placed_tunes
from tuneloom.pipeline.steps.report import Report
from tuneloom.pipeline.steps.write_rejects import write_rejects
from tuneloom.pipeline.storage.paths import AnyPath
from tuneloom.pipeline.storage.remote_inputs import open_anywhere

__all__ = [
    "REJECTS",
    "REPORTS",
    "SKETCHES",
    "AddReports",
    "Deduplicate",
    "Describe",
    "FindFamilies",
    "JoinShard",
    "JudgePart",
    "ReadFiles",
    "WriteRejects",
]

REJECTS, REPORTS, SKETCHES = "rejects", "reports", "sketches"
"""The tags of the outputs that are not the main one."""


class _CheckedDoFn(beam.DoFn):
    """A step whose worker is checked first."""

    def __init__(self, worker_check: WorkerCheck) -> None:
        self.worker_check = worker_check

    def setup(self) -> None:
        with carry_errors():
            self.worker_check.require()


class ReadFiles(_CheckedDoFn):
    """Jobs that are done together -> parts of what is in their files; reports of the files."""

    def __init__(
        self, limits: Limits, query: str, scratch: AnyPath, worker_check: WorkerCheck
    ) -> None:
        super().__init__(worker_check)
        self.limits = limits
        self.query = query
        self.found = ProgressCounter(scratch / FOUND)

    def process(self, jobs: tuple[Job, ...]) -> Iterator[Any]:
        with carry_errors():
            for job in jobs:
                require_input(job.file)
        for job, file in open_jobs(jobs, self.limits, open_anywhere):
            for part in cut(placed_tunes(job, file, self.query)):
                self.found.increment()
                yield pack_block(part)
            report = Report.of_file(job, *file.digest_and_size())
            yield beam.pvalue.TaggedOutput(REPORTS, report)


class JudgePart(_CheckedDoFn):
    """Part of a file -> (range of ids, its records); sketches of these; rejects."""

    def __init__(self, plan: Plan, scratch: AnyPath, worker_check: WorkerCheck) -> None:
        super().__init__(worker_check)
        self.plan = plan
        self.judged = ProgressCounter(scratch / JUDGED)
        self.parts = ProgressCounter(scratch / PARTS)

    def process(self, part: bytes) -> Iterator[Any]:
        judged = judge_tunes(self._counted(part), self.plan)
        count_judged(judged.report)
        count_rejects(reject for _, reject in judged.rejects)
        for number, records in judged.ranges.items():
            yield number, pack_block(records)
        yield beam.pvalue.TaggedOutput(REPORTS, judged.report)
        yield beam.pvalue.TaggedOutput(SKETCHES, pack_block(judged.sketches))
        if judged.rejects:
            yield beam.pvalue.TaggedOutput(REJECTS, pack_block(judged.rejects))
        self.parts.increment()

    def _counted(self, part: bytes) -> Iterator[tuple[SortKey, RawTune | Reject]]:
        for found in unpack_blocks([part]):
            yield found
            self.judged.increment()


class FindFamilies(beam.DoFn):
    """(0, all sketches) -> the families."""

    def process(self, group: tuple[int, Iterable[bytes]]) -> Iterator[Families]:
        yield find_families(unpack_blocks(group[1]))


class Deduplicate(_CheckedDoFn):
    """(range of ids, its records) -> (name of a shard, a piece of it); rejects of duplicates."""

    def __init__(self, plan: Plan, scratch: AnyPath, worker_check: WorkerCheck) -> None:
        super().__init__(worker_check)
        self.plan = plan
        self.scratch = scratch

    def process(self, group: tuple[int, Iterable[bytes]], families: Families) -> Iterator[Any]:
        number, blocks = group
        records, rejects = deduplicate(unpack_blocks(blocks), families, self.plan.jobs)
        shards: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            shards[shard_of(record, self.plan.shards, self.plan.splitting)].append(record)
        for name, inside in shards.items():
            yield name, write_piece(self.scratch / f"{name}.{number}", number, inside)
            report = Report.of_records(split_of_shard(name), inside)
            yield beam.pvalue.TaggedOutput(REPORTS, report)
        if rejects:
            count_rejects(reject for _, reject in rejects)
            yield beam.pvalue.TaggedOutput(REJECTS, pack_block(rejects))


class JoinShard(_CheckedDoFn):
    """(name of a shard, its pieces) -> the report of the shard."""

    def __init__(self, directory: AnyPath, worker_check: WorkerCheck) -> None:
        super().__init__(worker_check)
        self.directory = directory

    def process(self, group: tuple[str, Iterable[ShardPiece]]) -> Iterator[Report]:
        yield Report(shards=[join_pieces(self.directory, *group)])


class WriteRejects(_CheckedDoFn):
    """(0, all rejects) -> their report."""

    def __init__(self, directory: AnyPath, worker_check: WorkerCheck) -> None:
        super().__init__(worker_check)
        self.directory = directory

    def process(self, group: tuple[int, Iterable[bytes]]) -> Iterator[Report]:
        yield Report.of_rejects(write_rejects(self.directory, unpack_blocks(group[1])))


class Describe(_CheckedDoFn):
    """The report of the whole run -> nothing. Writes the files beside the shards."""

    def __init__(self, plan: Plan, directory: AnyPath, worker_check: WorkerCheck) -> None:
        super().__init__(worker_check)
        self.plan = plan
        self.directory = directory

    def process(self, report: Report) -> None:
        write_description(report, self.plan, self.directory)


class AddReports(beam.CombineFn):
    """Any number of reports -> one."""

    def create_accumulator(self) -> Report:
        return Report()

    def add_input(self, total: Report, report: Report) -> Report:
        total.add(report)
        return total

    def merge_accumulators(self, totals: Iterable[Report]) -> Report:
        merged = Report()
        for total in totals:
            merged.add(total)
        return merged

    def extract_output(self, total: Report) -> Report:
        return total
