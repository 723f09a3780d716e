"""What a notebook shows of a run: its settings, what it has reached, and where its files are."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from tuneloom.grammar.notebook_html import html_table, picture_html
from tuneloom.model.network.config import SHORT_RUN_MINUTES, TrainingConfig
from tuneloom.model.runs.metrics import MetricsRow
from tuneloom.model.runs.run_state import RunState, read_run_state

if TYPE_CHECKING:
    from tuneloom.model.runs.directory import RunDirectory

__all__ = ["run_html", "settings_text"]


def run_html(run: RunDirectory) -> str:
    """A table, and the curves of the metrics as soon as there are any."""
    state = read_run_state(run)
    rows = state.rows
    facts = [*_settings(run), *_progress(state), *_files(run)]
    head = f"<p><b>run {escape(run.name)}</b></p>{html_table(facts)}"
    if not rows:
        return head
    from tuneloom.model.runs.plot import progress_svg

    curves = progress_svg(rows)
    return head + (picture_html(curves, f"Progress of the run {run.name}") if curves else "")


def _settings(run: RunDirectory) -> Iterator[tuple[str, str]]:
    config = run.config
    layers = f"{config.layers} layer{'s' * (config.layers != 1)}"
    yield "network", f"{config.architecture}, {layers} of {config.units:,} units"
    yield "settings", settings_text(config)
    yield "training texts", f"profile {run.profile}, {run.vocabulary.size} characters"
    if run.base:
        yield "fine-tuned from", run.base


def settings_text(config: TrainingConfig) -> str:
    """The settings, as what differs from the nearest defaults."""
    short = f"the defaults of a run of less than {SHORT_RUN_MINUTES:g} minutes"
    usual = {"the defaults": TrainingConfig(), short: TrainingConfig.for_budget(0)}
    name, changed = min(
        ((name, config.changed_from(defaults)) for name, defaults in usual.items()),
        key=lambda found: len(found[1]),
    )
    return f"{name}, but {', '.join(changed)}" if changed else name


def _progress(state: RunState) -> Iterator[tuple[str, str]]:
    yield "state", state.text
    if not state.rows:
        return
    yield "trained", state.trained_text
    yield "bits per character", _bits_text(state)
    if drawn := [row for row in state.rows if row.parseable is not None]:
        yield "tunes drawn", _sample_text(drawn[-1])


def _bits_text(state: RunState) -> str:
    measured = state.validations
    training = f"{state.rows[-1].train_bits:.3f} in training"
    if not measured:
        return f"{training}; not validated yet"
    best, step = min(measured)
    return f"{training}, {measured[-1][0]:.3f} in validation (best {best:.3f}, at step {step:,})"


def _sample_text(row: MetricsRow) -> str:
    full = "" if row.metrical is None else f", {row.metrical:g}% with every bar full"
    return f"{row.parseable:g}% parseable{full}, at step {row.step:,}"


def _files(run: RunDirectory) -> Iterator[tuple[str, str]]:
    yield "directory", str(run.path)
    yield "network file", run.model.name if run.model.is_file() else "none yet"
    samples = sorted(run.samples.glob("*.abc"))
    if samples:
        number = f"{len(samples)} tunebook{'s' * (len(samples) != 1)}"
        yield "draws", f"{number} in {run.samples}, the last one {samples[-1].name}"
    else:
        yield "draws", "none yet"
