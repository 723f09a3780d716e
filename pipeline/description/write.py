"""Write the files that describe a data set, from the report of the whole run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from itertools import groupby, islice

from tuneloom.corpus.record import DUPLICATE, Record
from tuneloom.pipeline.dataset.files import (
    CARD,
    CROISSANT,
    MANIFEST,
    REJECTS,
    SCHEMA,
    SPLITS,
    STATISTICS,
    shard_name,
)
from tuneloom.pipeline.dataset.manifest import (
    SCHEMA_VERSION,
    Counts,
    InputFile,
    Manifest,
    ManifestSource,
    ManifestSplit,
    Shard,
)
from tuneloom.pipeline.dataset.reader import read_shard
from tuneloom.pipeline.dataset.shards import join_pieces
from tuneloom.pipeline.description.card import SAMPLES, data_card
from tuneloom.pipeline.description.croissant import croissant_json
from tuneloom.pipeline.description.tf_metadata import schema_text, statistics_bytes
from tuneloom.pipeline.steps.plan import Plan
from tuneloom.pipeline.steps.report import Report, SplitReport
from tuneloom.pipeline.storage.paths import AnyPath, write_atomically

__all__ = ["make_manifest", "write_description"]


def write_description(report: Report, plan: Plan, directory: AnyPath) -> None:
    """Write the files beside the shards, and empty files for shards and rejects that got nothing."""
    shards = _with_empty_shards(report.shards, plan.shards, directory)
    if not report.rejects:
        write_atomically(directory / REJECTS, [])
    manifest = make_manifest(report, plan, shards)
    records = {name: split.records for name, split in manifest.splits.items()}
    for name, data in {
        CARD: data_card(manifest, _samples(shards, directory)),
        CROISSANT: croissant_json(manifest),
        SCHEMA: schema_text(),
        STATISTICS: statistics_bytes(report.splits, records),
        MANIFEST: manifest.to_json(),
    }.items():
        write_atomically(directory / name, [data])


def make_manifest(report: Report, plan: Plan, shards: tuple[Shard, ...]) -> Manifest:
    """The manifest: the plan and the report, in an order that does not depend on the run."""
    rejects = {code: report.rejects[code] for code in sorted(report.rejects)}
    duplicates = rejects.pop(DUPLICATE, 0)
    taken = sum(shard.records for shard in shards)
    return Manifest(
        schema_version=SCHEMA_VERSION,
        profile=plan.profile,
        grammar=plan.grammar,
        options={
            "limit": plan.limit,
            **({"query": plan.query} if plan.query else {}),
            **({"hold_out": list(plan.held_out)} if plan.held_out else {}),
            "column": plan.column,
            "shards": plan.shards,
            "splits": plan.splitting.by_name,
            "seed": plan.splitting.seed,
            "limits": asdict(plan.limits),
        },
        sources=_manifest_sources(report, plan),
        vocabulary="".join(sorted(set().union(*(s.vocabulary for s in report.splits.values())))),
        counts=Counts(report.read.total(), taken, duplicates, rejects),
        as_found=report.validity_counts(source.name for source in plan.sources),
        splits={name: _manifest_split(name, shards, report.splits) for name in SPLITS},
        shards=shards,
    )


def _with_empty_shards(
    written: list[Shard], counts: Mapping[str, int], directory: AnyPath
) -> tuple[Shard, ...]:
    """All shards, by split; those without a record are written as empty files."""
    by_name = {shard.file: shard for shard in written}
    names = [shard_name(split, i, count) for split, count in counts.items() for i in range(count)]
    return tuple(by_name.get(name) or join_pieces(directory, name, ()) for name in names)


def _samples(shards: tuple[Shard, ...], directory: AnyPath) -> list[Record]:
    """The first tunes of the first shard that has any."""
    filled = next((shard for shard in shards if shard.records), None)
    return list(islice(read_shard(directory / filled.file), SAMPLES)) if filled else []


def _manifest_sources(report: Report, plan: Plan) -> tuple[ManifestSource, ...]:
    credits = {source.name: source for source in plan.sources}
    ordered = sorted(report.files, key=lambda facts: facts.order)
    return tuple(
        ManifestSource(
            name,
            credits[name].title,
            credits[name].license,
            credits[name].citation,
            credits[name].homepage,
            credits[name].languages,
            tuple(InputFile(facts.path, facts.sha256, facts.bytes) for facts in files),
        )
        for name, files in groupby(ordered, key=lambda facts: facts.source)
    )


def _manifest_split(
    name: str, shards: tuple[Shard, ...], reports: Mapping[str, SplitReport]
) -> ManifestSplit:
    records = sum(shard.records for shard in shards if shard.split == name)
    return ManifestSplit(records, reports.get(name, SplitReport()).characters)
