"""The Beam graph: a thin shell round pure functions.

    files -> read -> judge -> settle -> write shards
    the ids and signatures of what judge takes -> find duplicates and families -> settle
    what read, judge and settle turn down -> write rejects
    the reports of all stages -> add up -> finish: manifest, schema, statistics, data card

The bytes that come out do not depend on the runner, on the number of workers, or on the order in
which anything is done: wherever order matters, it is sorted out at the end of the line.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import apache_beam as beam

from corpus.admit import admit
from corpus.limits import Limits
from corpus.reading import load
from corpus.record import RawTune, Record, Reject
from pipeline.finish import finish
from pipeline.fitness import Fitness, require_input
from pipeline.judge import read_job, write_rejects
from pipeline.plan import Job, Place, Plan
from pipeline.remote import open_anywhere
from pipeline.report import Report
from pipeline.settle import Settlement, settle, settled, sketch
from pipeline.shards import shard_of, write_shard
from pipeline.ticks import JUDGED, READ, Ticks

__all__ = ["build"]

_REJECTS, _REPORTS, _SKETCHES = "rejects", "reports", "sketches"


class _OnFitWorkers(beam.DoFn):
    """A step whose worker first shows that it is fit for the run."""

    def __init__(self, fitness: Fitness) -> None:
        self.fitness = fitness

    def setup(self) -> None:
        self.fitness.require()


class _Read(_OnFitWorkers):
    """Job -> (place, raw tune); a file that holds none becomes a reject."""

    def __init__(self, limits: Limits, ticks: Ticks, fitness: Fitness) -> None:
        super().__init__(fitness)
        self.limits = limits
        self.ticks = ticks

    def process(self, job: Job) -> Iterator[Any]:
        require_input(job.file)
        data = load(job.file, self.limits, open_anywhere)
        yield beam.pvalue.TaggedOutput(_REPORTS, Report.of_file(job, data))
        for place, found in read_job(job, data, self.limits):
            if isinstance(found, Reject):
                yield beam.pvalue.TaggedOutput(_REJECTS, (place, found))
            else:
                yield place, found
                self.ticks.tick()


class _Judge(_OnFitWorkers):
    """(place, raw tune) -> (place, record) and its sketch, or a reject that says why not."""

    def __init__(self, profile: str, ticks: Ticks, fitness: Fitness) -> None:
        super().__init__(fitness)
        self.profile = profile
        self.ticks = ticks

    def process(self, placed: tuple[Place, RawTune]) -> Iterator[Any]:
        place, raw = placed
        outcome = admit(raw, self.profile)
        yield beam.pvalue.TaggedOutput(_REPORTS, Report.of_outcome(raw.source, outcome))
        if isinstance(outcome.result, Reject):
            yield beam.pvalue.TaggedOutput(_REJECTS, (place, outcome.result))
        else:
            yield place, outcome.result
            taken = sketch(place, outcome.result.id, outcome.signature)
            yield beam.pvalue.TaggedOutput(_SKETCHES, taken)
        self.ticks.tick()


class _FindKin(beam.DoFn):
    """(nothing, all sketches) -> the settlement."""

    def process(self, group: tuple[str, Iterable[bytes]]) -> Iterator[Settlement]:
        yield settle(group[1])


class _Settle(beam.DoFn):
    """(place, record) -> the record with its family; a duplicate becomes a reject."""

    def __init__(self, plan: Plan) -> None:
        self.jobs = plan.jobs

    def process(self, placed: tuple[Place, Record], settlement: Settlement) -> Iterator[Any]:
        place, record = placed
        found = settled(place, record, settlement, self.jobs)
        if isinstance(found, Reject):
            yield beam.pvalue.TaggedOutput(_REJECTS, (place, found))
        else:
            yield found


class _WriteShard(_OnFitWorkers):
    """(file name, its records) -> the report of the shard."""

    def __init__(self, directory: Path, fitness: Fitness) -> None:
        super().__init__(fitness)
        self.directory = directory

    def process(self, group: tuple[str, Iterable[Record]]) -> Iterator[Report]:
        name, records = group[0], list(group[1])
        yield Report.of_shard(write_shard(self.directory, name, records), records)


class _WriteRejects(beam.DoFn):
    """(nothing, all rejects) -> their report."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def process(self, group: tuple[str, Iterable[tuple[Place, Reject]]]) -> Iterator[Report]:
        yield Report.of_rejects(write_rejects(self.directory, group[1]))


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


def build(pipeline: beam.Pipeline, plan: Plan, directory: Path, scratch: Path) -> None:
    """Lay out the run that fills `directory`; `scratch` holds what only the run itself needs."""
    fitness = Fitness(scratch)
    read = _Read(plan.limits, Ticks(scratch / READ), fitness)
    found = (
        pipeline
        | "Files" >> beam.Create(plan.jobs)
        | "Spread files" >> beam.Reshuffle()
        | "Read" >> _tagged(read, _REJECTS, _REPORTS)
    )
    judge = _Judge(plan.profile, Ticks(scratch / JUDGED), fitness)
    judged = (
        found.main
        | "Spread tunes" >> beam.Reshuffle()
        | "Judge" >> _tagged(judge, _REJECTS, _REPORTS, _SKETCHES)
    )
    settlement = (
        judged[_SKETCHES]
        | "One place" >> _keyed_by(lambda _: "")
        | "Gather sketches" >> beam.GroupByKey()
        | "Find kin" >> beam.ParDo(_FindKin())
    )
    unique = judged.main | "Settle" >> beam.ParDo(
        _Settle(plan), beam.pvalue.AsSingleton(settlement, default_value=Settlement())
    ).with_outputs(_REJECTS, main="main")
    shards = (
        unique.main
        | "Name shard" >> _keyed_by(lambda record: shard_of(record, plan.shards))
        | "By shard" >> beam.GroupByKey()
        | "Write shard" >> beam.ParDo(_WriteShard(directory, fitness))
    )
    rejects = (
        (found[_REJECTS], judged[_REJECTS], unique[_REJECTS])
        | "All rejects" >> beam.Flatten()
        | "One file" >> _keyed_by(lambda _: "")
        | "Gather rejects" >> beam.GroupByKey()
        | "Write rejects" >> beam.ParDo(_WriteRejects(directory))
    )
    _ = (
        (found[_REPORTS], judged[_REPORTS], shards, rejects)
        | "All reports" >> beam.Flatten()
        | "Add reports" >> beam.CombineGlobally(_AddReports()).without_defaults()
        | "Finish" >> beam.Map(finish, plan, directory)
    )


def _tagged(function: beam.DoFn, *tags: str) -> Any:
    return beam.ParDo(function).with_outputs(*tags, main="main")


def _keyed_by(key: Callable[[Any], str]) -> Any:
    return beam.Map(lambda value: (key(value), value)).with_output_types(tuple[str, Any])
