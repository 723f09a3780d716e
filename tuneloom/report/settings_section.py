"""What each run is: its settings, how they differ, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

from tuneloom.model.runs.run_view import settings_text
from tuneloom.report.document.blocks import (
    Paragraph,
    Remark,
    ReportBlock,
    ReportSection,
    ReportTable,
)
from tuneloom.report.reported_runs import ReportedRun

__all__ = ["progress_section", "setting_text", "settings_section"]

_FACTS: dict[str, Callable[[ReportedRun], str]] = {
    "network": lambda run: run.directory.config.architecture,
    "parameters": lambda run: (
        f"{parameters:,}" if (parameters := run.directory.count_parameters()) else "–"
    ),
    "settings": lambda run: settings_text(run.directory.config),
    "fine-tuned from": lambda run: run.directory.base or "–",
    "training texts": lambda run: (
        f"profile {run.directory.profile}, {run.directory.vocabulary.size} characters"
    ),
    "data set (SHA-256)": lambda run: run.directory.manifest_sha256[:16],
}
_STAGES = {
    "training": "is being trained while this is written: its figures are those so far",
    "unreadable": "has metrics that cannot be read, so its curves are missing",
    "untrained": "has not been trained yet",
    "unfinished": "was stopped before the end of its schedule: its figures are those of an unfinished run",
}


def settings_section(runs: Sequence[ReportedRun]) -> ReportSection:
    """The settings of each run side by side; those that differ come first."""
    configs = [asdict(run.directory.config) for run in runs]
    names = tuple(run.name for run in runs)
    facts = tuple((name, *map(fact, runs)) for name, fact in _FACTS.items())
    rows = [(name, *(setting_text(config[name]) for config in configs)) for name in configs[0]]
    different = [row for row in rows if len(set(row[1:])) > 1]
    blocks: list[ReportBlock] = [ReportTable(("run", *names), facts, is_text=True)]
    if different:
        blocks.append(Paragraph("Settings in which the runs differ:"))
        blocks.append(ReportTable(("setting", *names), tuple(different), is_text=True))
    elif len(runs) > 1:
        blocks.append(Paragraph("The runs have the same settings."))
    same = tuple((name, values[0]) for name, *values in rows if len(set(values)) == 1)
    all_of = "Settings" if len(runs) == 1 else "Settings that they have in common"
    blocks.append(Paragraph(f"{all_of} (`tuneloom train --print-config` explains each):"))
    blocks.append(ReportTable(("setting", "value"), same, is_text=True))
    return ReportSection("Settings", tuple(blocks))


def setting_text(value: object) -> str:
    """The value of a setting, as `--set` takes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def progress_section(runs: Sequence[ReportedRun]) -> ReportSection:
    """How far each run has come, in figures; the curves come after it."""
    remarks = tuple(
        Remark(f"{run.name} {_STAGES[run.state.stage]}.")
        for run in runs
        if run.state.stage in _STAGES
    )
    facts = [_progress_facts(run) for run in runs]
    rows = tuple((name, *(fact[name] for fact in facts)) for name in facts[0])
    table = ReportTable(("run", *(run.name for run in runs)), rows, is_text=True)
    return ReportSection("Training", (*remarks, table, *_comparability(runs)))


def _progress_facts(run: ReportedRun) -> dict[str, str]:
    rows, validations = run.state.rows, run.state.validations
    best = min(validations, default=None)
    return {
        "state": run.state.text,
        "trained": run.state.trained_text or "–",
        "bits per character, training": f"{rows[-1].train_bits:.3f}" if rows else "–",
        "bits per character, validation": (
            f"{validations[-1][0]:.3f}" if validations else "not measured"
        ),
        "best validation": f"{best[0]:.3f}, at step {best[1]:,}" if best else "not measured",
    }


def _comparability(runs: Sequence[ReportedRun]) -> Iterator[Remark]:
    """Why bits per character of the runs may not be comparable, and which have no validation."""
    for run in runs:
        if run.state.rows and not run.state.validations:
            yield Remark(
                f"{run.name} has no validation figures, so nothing says how well it does on tunes "
                "that it has not seen."
            )
    if len({run.directory.manifest_sha256 for run in runs}) > 1:
        yield Remark(
            "The runs were trained on different data sets, and validated on different tunes: their bits "
            "per character cannot be compared."
        )
    for name in ("level", "keys"):
        values = dict.fromkeys(getattr(run.directory.config, name) for run in runs)
        if len(values) > 1:
            yield Remark(
                f"The runs differ in `{name}` ({', '.join(values)}), which decides what they are "
                "validated on: their bits per character cannot be compared."
            )
