"""The Beam graph: a thin shell round pure functions.

    files -> cut into parts -> read and judge -> gather by range of ids -> settle -> join shards
    the ids and signatures of what judge takes -> find families -> settle
    what cut, judge and settle turn down -> write rejects
    the reports of all stages -> add up -> finish: manifest, schema, statistics, data card

The text of a tune goes through one shuffle, from judge to settle. The bytes that come out do not depend
on the runner, on the number of workers, or on the order in which anything is done: wherever order
matters, it is sorted out at the end of the line.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import apache_beam as beam

from tuneloom.corpus.reading.limits import Limits
from tuneloom.corpus.reading.tunebooks import load
from tuneloom.corpus.record import RawTune, Record, Reject
from tuneloom.pipeline.dataset.shards import Piece, join_pieces, shard_of, split_of, write_piece
from tuneloom.pipeline.description.write import finish
from tuneloom.pipeline.execution.counters import FOUND, JUDGED, PARTS, Ticks
from tuneloom.pipeline.execution.worker_checks import Fitness, require_input
from tuneloom.pipeline.steps.blocks import pack, unpack
from tuneloom.pipeline.steps.deduplicate import Families, find_families, settle
from tuneloom.pipeline.steps.judge import judge, write_rejects
from tuneloom.pipeline.steps.parts import Part, PartReader, parts_of, tunes_of
from tuneloom.pipeline.steps.plan import Job, Place, Plan
from tuneloom.pipeline.steps.report import Report
from tuneloom.pipeline.storage.paths import AnyPath
from tuneloom.pipeline.storage.remote_inputs import open_anywhere

__all__ = ["build"]

_REJECTS, _REPORTS, _SKETCHES = "rejects", "reports", "sketches"


class _OnFitWorkers(beam.DoFn):
    """A step whose worker first shows that it is fit for the run."""

    def __init__(self, fitness: Fitness) -> None:
        self.fitness = fitness

    def setup(self) -> None:
        self.fitness.require()


class _Cut(_OnFitWorkers):
    """Job -> the parts of its file; a file that cannot be read becomes a reject."""

    def __init__(self, limits: Limits, scratch: AnyPath, fitness: Fitness) -> None:
        super().__init__(fitness)
        self.limits = limits
        self.found = Ticks(scratch / FOUND)

    def process(self, job: Job) -> Iterator[Any]:
        require_input(job.file)
        data = load(job.file, self.limits, open_anywhere)
        yield beam.pvalue.TaggedOutput(_REPORTS, Report.of_file(job, data))
        if isinstance(data, Reject):
            unread = pack(tunes_of(job, data, self.limits))
            yield beam.pvalue.TaggedOutput(_REJECTS, unread)
        else:
            parts = parts_of(job, data)
            self.found.tick(len(parts))
            yield from parts


class _Judge(_OnFitWorkers):
    """Part of a file -> (range of ids, its records); sketches of these; rejects that say why not."""

    def __init__(self, plan: Plan, scratch: AnyPath, fitness: Fitness) -> None:
        super().__init__(fitness)
        self.plan = plan
        self.reader = PartReader(plan.limits, open_anywhere)
        self.judged = Ticks(scratch / JUDGED)
        self.parts = Ticks(scratch / PARTS)

    def process(self, part: Part) -> Iterator[Any]:
        judged = judge(self._ticking(part), self.plan)
        for number, placed in judged.ranges.items():
            yield number, pack(placed)
        yield beam.pvalue.TaggedOutput(_REPORTS, judged.report)
        yield beam.pvalue.TaggedOutput(_SKETCHES, b"".join(judged.sketches))
        if judged.rejects:
            yield beam.pvalue.TaggedOutput(_REJECTS, pack(judged.rejects))
        self.parts.tick()

    def _ticking(self, part: Part) -> Iterator[tuple[Place, RawTune | Reject]]:
        for placed in self.reader.read(part):
            yield placed
            self.judged.tick()


class _FindFamilies(beam.DoFn):
    """(nothing, all sketches) -> the families."""

    def process(self, group: tuple[int, Iterable[bytes]]) -> Iterator[Families]:
        yield find_families(group[1])


class _Settle(_OnFitWorkers):
    """(range of ids, its records) -> (name of a shard, its records as a piece); rejects duplicates."""

    def __init__(self, plan: Plan, scratch: AnyPath, fitness: Fitness) -> None:
        super().__init__(fitness)
        self.plan = plan
        self.scratch = scratch

    def process(self, group: tuple[int, Iterable[bytes]], families: Families) -> Iterator[Any]:
        number, blocks = group
        records, rejects = settle(unpack(blocks), families, self.plan.jobs)
        shards: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            shards[shard_of(record, self.plan.shards)].append(record)
        for name, inside in shards.items():
            yield name, write_piece(self.scratch / f"{name}.{number}", number, inside)
            report = Report.of_records(split_of(inside[0].family), inside)
            yield beam.pvalue.TaggedOutput(_REPORTS, report)
        if rejects:
            yield beam.pvalue.TaggedOutput(_REJECTS, pack(rejects))


class _JoinShard(_OnFitWorkers):
    """(name of a shard, its pieces) -> the report of the shard."""

    def __init__(self, directory: AnyPath, fitness: Fitness) -> None:
        super().__init__(fitness)
        self.directory = directory

    def process(self, group: tuple[str, Iterable[Piece]]) -> Iterator[Report]:
        yield Report(shards=[join_pieces(self.directory, *group)])


class _WriteRejects(_OnFitWorkers):
    """(nothing, all rejects) -> their report."""

    def __init__(self, directory: AnyPath, fitness: Fitness) -> None:
        super().__init__(fitness)
        self.directory = directory

    def process(self, group: tuple[int, Iterable[bytes]]) -> Iterator[Report]:
        yield Report.of_rejects(write_rejects(self.directory, unpack(group[1])))


class _Finish(_OnFitWorkers):
    """The report of the whole run -> nothing; it and the plan make the files beside the shards."""

    def __init__(self, plan: Plan, directory: AnyPath, fitness: Fitness) -> None:
        super().__init__(fitness)
        self.plan = plan
        self.directory = directory

    def process(self, report: Report) -> None:
        finish(report, self.plan, self.directory)


class _AddReports(beam.CombineFn):
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


def build(
    pipeline: beam.Pipeline,
    plan: Plan,
    directory: AnyPath,
    scratch: AnyPath,
    options: Sequence[str],
) -> None:
    """Lay out the run that fills `directory`; `scratch` holds what only the run itself needs.

    `options` are those of Beam that say how its file systems are reached.
    """
    fitness = Fitness(scratch, options)
    cut = (
        pipeline
        | "Files" >> beam.Create(plan.jobs)
        | "Spread files" >> beam.Reshuffle()
        | "Cut" >> _tagged(_Cut(plan.limits, scratch, fitness), Part, _REJECTS, _REPORTS)
    )
    judged = (
        cut.main
        | "Spread parts" >> beam.Reshuffle()
        | "Judge"
        >> _tagged(_Judge(plan, scratch, fitness), tuple[int, bytes], _REJECTS, _REPORTS, _SKETCHES)
    )
    families = (
        judged[_SKETCHES]
        | "One place" >> _in_one_place()
        | "Gather sketches" >> beam.GroupByKey()
        | "Find families" >> beam.ParDo(_FindFamilies())
    )
    settling = beam.ParDo(
        _Settle(plan, scratch, fitness), beam.pvalue.AsSingleton(families, default_value={})
    ).with_output_types(tuple[str, Piece])
    settled = (
        judged.main
        | "By range" >> beam.GroupByKey()
        | "Settle" >> settling.with_outputs(_REJECTS, _REPORTS, main="main")
    )
    shards = (
        settled.main
        | "By shard" >> beam.GroupByKey()
        | "Join shard" >> beam.ParDo(_JoinShard(directory, fitness))
    )
    rejects = (
        (cut[_REJECTS], judged[_REJECTS], settled[_REJECTS])
        | "All rejects" >> beam.Flatten()
        | "One file" >> _in_one_place()
        | "Gather rejects" >> beam.GroupByKey()
        | "Write rejects" >> beam.ParDo(_WriteRejects(directory, fitness))
    )
    _ = (
        (cut[_REPORTS], judged[_REPORTS], settled[_REPORTS], shards, rejects)
        | "All reports" >> beam.Flatten()
        | "Add reports" >> beam.CombineGlobally(_AddReports()).without_defaults()
        | "Finish" >> beam.ParDo(_Finish(plan, directory, fitness))
    )


def _tagged(function: beam.DoFn, main: Any, *tags: str) -> Any:
    return beam.ParDo(function).with_output_types(main).with_outputs(*tags, main="main")


def _in_one_place() -> Any:
    return beam.Map(lambda block: (0, block)).with_output_types(tuple[int, bytes])
