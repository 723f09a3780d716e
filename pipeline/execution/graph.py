"""The Beam graph.

    files -> read, cut into parts -> judge -> group by range of ids -> deduplicate -> join shards
    the ids and signatures of the records -> find families -> deduplicate
    the rejects of judging and deduplicating -> write rejects
    the reports of all steps -> add up -> write manifest, schema, statistics and data card

The text of a tune is shuffled once, from judging to deduplicating. The bytes that come out do not depend on
the runner, on the number of workers, or on the order in which things are done: wherever order matters, the
results are sorted at the end.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import apache_beam as beam

from tuneloom.pipeline.dataset.shards import ShardPiece
from tuneloom.pipeline.execution.transforms import (
    REJECTS,
    REPORTS,
    SKETCHES,
    AddReports,
    Deduplicate,
    Describe,
    FindFamilies,
    JoinShard,
    JudgePart,
    ReadFiles,
    WriteRejects,
)
from tuneloom.pipeline.execution.worker_checks import WorkerCheck, hash_plugins
from tuneloom.pipeline.steps.plan import Plan
from tuneloom.pipeline.steps.reading import group_jobs
from tuneloom.pipeline.storage.paths import AnyPath

__all__ = ["build_graph"]


def build_graph(
    pipeline: beam.Pipeline,
    plan: Plan,
    directory: AnyPath,
    scratch: AnyPath,
    options: Sequence[str],
) -> None:
    """Lay out the run that fills `directory`; `scratch` holds what only the run itself needs.

    `options` are Beam's options for its file systems.
    """
    check = WorkerCheck(scratch, options, hash_plugins(plan.plugins))
    read = (
        pipeline
        | "Files" >> beam.Create(group_jobs(plan.jobs))
        | "Spread files" >> beam.Reshuffle()
        | "Read" >> _tagged(ReadFiles(plan.limits, plan.query, scratch, check), bytes, REPORTS)
    )
    judged = (
        read.main
        | "Spread parts" >> beam.Reshuffle()
        | "Judge"
        >> _tagged(JudgePart(plan, scratch, check), tuple[int, bytes], REJECTS, REPORTS, SKETCHES)
    )
    families = (
        judged[SKETCHES]
        | "Key sketches" >> _under_one_key()
        | "Gather sketches" >> beam.GroupByKey()
        | "Find families" >> beam.ParDo(FindFamilies())
    )
    deduplicate = beam.ParDo(
        Deduplicate(plan, scratch, check), beam.pvalue.AsSingleton(families, default_value={})
    ).with_output_types(tuple[str, ShardPiece])
    deduplicated = (
        judged.main
        | "By range" >> beam.GroupByKey()
        | "Deduplicate" >> deduplicate.with_outputs(REJECTS, REPORTS, main="main")
    )
    shards = (
        deduplicated.main
        | "By shard" >> beam.GroupByKey()
        | "Join shard" >> beam.ParDo(JoinShard(directory, check))
    )
    rejects = (
        (judged[REJECTS], deduplicated[REJECTS])
        | "All rejects" >> beam.Flatten()
        | "Key rejects" >> _under_one_key()
        | "Gather rejects" >> beam.GroupByKey()
        | "Write rejects" >> beam.ParDo(WriteRejects(directory, check))
    )
    _ = (
        (read[REPORTS], judged[REPORTS], deduplicated[REPORTS], shards, rejects)
        | "All reports" >> beam.Flatten()
        | "Add reports" >> beam.CombineGlobally(AddReports()).without_defaults()
        | "Describe" >> beam.ParDo(Describe(plan, directory, check))
    )


def _tagged(function: beam.DoFn, main: Any, *tags: str) -> Any:
    return beam.ParDo(function).with_output_types(main).with_outputs(*tags, main="main")


def _under_one_key() -> Any:
    return beam.Map(lambda block: (0, block)).with_output_types(tuple[int, bytes])
