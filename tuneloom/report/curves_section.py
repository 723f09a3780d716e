"""The metrics of several runs, one curve over the other."""

from __future__ import annotations

from collections.abc import Sequence

from tuneloom.corpus.statistics.curves import Panel, curves_svg
from tuneloom.model.runs.plot import metric_curve
from tuneloom.report.document.blocks import Paragraph, Picture, ReportBlock, ReportSection
from tuneloom.report.reported_runs import ReportedRun

__all__ = ["curves_section"]

_PANELS = (
    ("Bits per character, training", "train_bits", None),
    ("Bits per character, validation", "validation_bits", None),
    ("Parseable, percent of the tunes drawn while training", "parseable", 102.0),
    ("Every bar full, percent of these", "metrical", 102.0),
)


def curves_section(runs: Sequence[ReportedRun]) -> ReportSection:
    """A panel for each metric that any run has, with a curve for each run that has it."""
    panels = []
    for title, column, top in _PANELS:
        curves = {run.name: metric_curve(run.state.rows, column) for run in runs}
        curves = {name: curve for name, curve in curves.items() if curve[0]}
        if curves:
            panels.append(Panel(title, curves, top))
    return ReportSection("Curves", _curve_blocks(panels, runs))


def _curve_blocks(panels: Sequence[Panel], runs: Sequence[ReportedRun]) -> tuple[ReportBlock, ...]:
    if not panels:
        return (Paragraph("There is nothing to draw yet: no run has metrics."),)
    names = ", ".join(run.name for run in runs)
    missing = [title for title, *_ in _PANELS if title not in {p.title for p in panels}]
    told = [Paragraph(f"Not measured by any run: {'; '.join(missing)}.")] if missing else []
    return (Picture(curves_svg(panels), f"Metrics over the time of training: {names}"), *told)
