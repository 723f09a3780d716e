"""Puts a report together, and its file in place when it is complete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from tuneloom.model.runtime.atomic import atomic_output
from tuneloom.model.score.reports.reference import read_reference_tunes
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_records
from tuneloom.report.curves_section import curves_section
from tuneloom.report.data_section import data_section
from tuneloom.report.document.blocks import ReportDocument
from tuneloom.report.document.html import report_html
from tuneloom.report.document.markdown import report_markdown
from tuneloom.report.draws import DrawOptions, with_draws
from tuneloom.report.reported_runs import ReportedRun, open_reported_runs
from tuneloom.report.reproduction_section import citation_section, reproduction_section
from tuneloom.report.score_section import Titles, originality_section, score_section
from tuneloom.report.settings_section import progress_section, settings_section
from tuneloom.report.tunes_section import tunes_section

__all__ = ["ReportFormat", "make_report", "report_bytes", "write_report"]

ReportFormat = Literal["html", "markdown"]


def make_report(
    paths: Sequence[Path],
    dataset: Path | None,
    files: Sequence[Path],
    options: DrawOptions,
    title: str = "",
    workers: int = 1,
    tell: Callable[[str], None] = lambda _: None,
) -> ReportDocument:
    """Read runs, draw tunes from them unless `files` have them, and score these.

    `tell` is called with a line before each step that takes a while.

    Raises:
        UsageError: a run, the data set or a file cannot be read, or the files are not as many as the runs.
        RunFailed: a network gives no numbers, or a process was lost.
    """
    runs = open_reported_runs(paths)
    manifest = Manifest.load(dataset) if dataset else None
    has_tunes = bool(files) or (options[0] > 0 and any(run.is_learned for run in runs))
    if dataset and has_tunes:
        tell(f"reading {dataset}")
    real = read_reference_tunes(dataset, workers) if dataset and has_tunes else None
    runs = with_draws(runs, files, options, real, workers, tell)
    titles = _titles_of(dataset, runs) if dataset else {}
    return ReportDocument(
        title or f"Report on {', '.join(run.name for run in runs)}",
        (
            settings_section(runs),
            data_section(dataset, manifest, runs),
            progress_section(runs),
            curves_section(runs),
            score_section(runs),
            originality_section(runs, manifest, titles),
            tunes_section(runs, titles),
            reproduction_section(runs, dataset, manifest, options[1]),
            citation_section(manifest),
        ),
    )


def report_bytes(report: ReportDocument, form: ReportFormat) -> bytes:
    """The report as a file."""
    text = report_html(report) if form == "html" else report_markdown(report)
    return text.encode("utf-8", errors="replace")


def write_report(path: Path, data: bytes) -> None:
    """Put the file in place, all of it or nothing."""
    with atomic_output(path) as temporary:
        temporary.write_bytes(data)


def _titles_of(dataset: Path, runs: Sequence[ReportedRun]) -> Titles:
    """The titles of the training tunes that are nearest to some tune."""
    wanted = {
        tune.overlap.nearest
        for run in runs
        if run.draws
        for tune in run.draws.score.tunes
        if tune.overlap
    }
    if not wanted:
        return {}
    records = read_records(dataset, "train")
    return {record.id: record.title for record in records if record.id in wanted}
