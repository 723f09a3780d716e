"""Judge the tunes of some files as an ingestion does, without making a data set of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import open_local
from tuneloom.corpus.record import Record, Reject, ValidityCounts
from tuneloom.corpus.source import SourceFile
from tuneloom.pipeline.steps.deduplicate import deduplicate, find_families
from tuneloom.pipeline.steps.judge import judge_tunes
from tuneloom.pipeline.steps.plan import Job, Plan
from tuneloom.pipeline.steps.reading import open_jobs, placed_tunes

__all__ = ["Survey", "survey_files"]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a data set of the files would hold, and how valid the tunes of each source are as found."""

    records: list[Record]
    rejects: list[Reject]
    as_found: Mapping[str, ValidityCounts]


def survey_files(files: Sequence[SourceFile], profile: str) -> Survey:
    """Judge every tune of some files, and find duplicates and families among them."""
    jobs = tuple(Job(order, file) for order, file in enumerate(files))
    plan = Plan(profile, grammar="", limit=None, shards={"all": 1}, sources=(), jobs=jobs)
    judged = judge_tunes(
        (
            found
            for job, file in open_jobs(jobs, Limits(), open_local)
            for found in placed_tunes(job, file)
        ),
        plan,
    )
    families = find_families(judged.sketches)
    records, duplicates = deduplicate(chain(*judged.ranges.values()), families, jobs)
    rejects = sorted([*judged.rejects, *duplicates], key=lambda pair: pair[0])
    sources = dict.fromkeys(job.file.source for job in jobs)
    return Survey(
        records, [reject for _, reject in rejects], judged.report.validity_counts(sources)
    )
