"""The data card of a report: where the tunes are from, what may be done with them, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.description.card import format_percent
from tuneloom.pipeline.description.known_limits import known_limits
from tuneloom.pipeline.description.license_notes import license_notes
from tuneloom.report.document.blocks import (
    Paragraph,
    Remark,
    ReportBlock,
    ReportSection,
    ReportTable,
)
from tuneloom.report.reported_runs import ReportedRun

__all__ = ["data_section", "foreign_runs"]


def data_section(
    dataset: Path | None, manifest: Manifest | None, runs: Sequence[ReportedRun]
) -> ReportSection:
    """The card, or why there is none."""
    if dataset is None or manifest is None:
        return ReportSection(
            "Data",
            (
                Remark(
                    "No data set was given with `--against`, so there is no data card, nothing to "
                    "compare the tunes with, and no measure of their originality."
                ),
            ),
        )
    return ReportSection("Data", tuple(_card_blocks(dataset, manifest, runs)))


def foreign_runs(manifest: Manifest, runs: Sequence[ReportedRun]) -> list[str]:
    """The names of the runs that were trained on another data set than this one."""
    return [run.name for run in runs if run.directory.manifest_sha256 != manifest.sha256]


def _card_blocks(
    dataset: Path, manifest: Manifest, runs: Sequence[ReportedRun]
) -> Iterator[ReportBlock]:
    if foreign := foreign_runs(manifest, runs):
        yield Remark(
            f"{', '.join(foreign)}: trained on another data set than {dataset}, which this card describes."
        )
    characters = sum(split.characters for split in manifest.splits.values())
    yield Paragraph(
        f"{dataset}: {manifest.counts.taken:,} tunes in ABC notation, profile `{manifest.profile}`, "
        f"{characters:,} characters. Manifest (SHA-256): `{manifest.sha256}`."
    )
    yield ReportTable(
        ("split", "tunes", "characters"),
        tuple(
            (name, f"{split.records:,}", f"{split.characters:,}")
            for name, split in manifest.splits.items()
        ),
    )
    if manifest.sources:
        yield ReportTable(
            ("source", "license", "cite as"),
            tuple(
                (each.name, each.license.name, each.citation or "–") for each in manifest.sources
            ),
            is_text=True,
        )
        yield Paragraph(
            " ".join(license_notes({each.name: each.license for each in manifest.sources}))
        )
    if manifest.as_found:
        yield ReportTable(
            ("source", "tunes read", "parseable as found", "after safe repairs"),
            tuple(
                (
                    name,
                    f"{row.read:,}",
                    format_percent(row.levels["parseable"], row.read),
                    format_percent(row.parseable_repaired, row.read),
                )
                for name, row in manifest.as_found.items()
            ),
        )
    rejected = sum(manifest.counts.rejects.values())
    yield Paragraph(
        f"Of {manifest.counts.read:,} tunes read, {manifest.counts.duplicates:,} are duplicates of one "
        f"that was taken, and {rejected:,} were rejected."
    )
    yield Paragraph("Known limits: " + " ".join(known_limits(manifest)))
