"""What a notebook shows of a run: its settings, what it has reached, and where its files are."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from tuneloom.grammar.notebook_html import html_table, picture_html
from tuneloom.model.network.config import SHORT_RUN_MINUTES, TrainingConfig
from tuneloom.model.runs.metrics import Metrics, MetricsRow
from tuneloom.pipeline.storage.lock import file_lock

if TYPE_CHECKING:
    from tuneloom.model.runs.directory import RunDirectory

__all__ = ["run_html"]

_ENDED = 0.01  # of the peak of the learning rate, which a schedule that ends falls below


def run_html(run: RunDirectory) -> str:
    """A table, and the curves of the metrics as soon as there are any."""
    rows, problem = _rows_of(run)
    facts = [*_settings(run), *_progress(run, rows, problem), *_files(run)]
    head = f"<p><b>run {escape(run.name)}</b></p>{html_table(facts)}"
    if not rows:
        return head
    from tuneloom.model.runs.plot import progress_svg

    curves = progress_svg(rows)
    return head + (picture_html(curves, f"Progress of the run {run.name}") if curves else "")


def _rows_of(run: RunDirectory) -> tuple[Sequence[MetricsRow], str]:
    """The metrics so far, or what is wrong with their file."""
    try:
        return Metrics.read(run.metrics, last_step=sys.maxsize).rows, ""
    except (OSError, ValueError, KeyError, TypeError) as error:
        return (), f"{run.metrics} cannot be read: {error}"


def _settings(run: RunDirectory) -> Iterator[tuple[str, str]]:
    config = run.config
    layers = f"{config.layers} layer{'s' * (config.layers != 1)}"
    yield "network", f"{config.architecture}, {layers} of {config.units:,} units"
    short = f"the defaults of a run of less than {SHORT_RUN_MINUTES:g} minutes"
    usual = {"the defaults": TrainingConfig(), short: TrainingConfig.for_budget(0)}
    name, changed = min(
        ((name, config.changed_from(defaults)) for name, defaults in usual.items()),
        key=lambda found: len(found[1]),
    )
    yield "settings", f"{name}, but {', '.join(changed)}" if changed else name
    yield "training texts", f"profile {run.profile}, {run.vocabulary.size} characters"
    if run.base:
        yield "fine-tuned from", run.base


def _progress(
    run: RunDirectory, rows: Sequence[MetricsRow], problem: str
) -> Iterator[tuple[str, str]]:
    if _is_training(run):
        yield "state", "being trained by another process"
    elif not rows:
        yield "state", problem or "not trained yet: it has no metrics"
    elif rows[-1].learning_rate > _ENDED * max(row.learning_rate for row in rows):
        yield "state", "stopped before the end of its schedule"
    else:
        yield "state", "trained to the end of its schedule"
    if not rows:
        return
    last = rows[-1]
    yield (
        "trained",
        f"{last.step:,} steps, {last.epoch:.1f} epochs, {last.seconds / 60:.1f} minutes",
    )
    yield "bits per character", _bits_text(rows)
    if drawn := [row for row in rows if row.parseable is not None]:
        yield "tunes drawn", _sample_text(drawn[-1])


def _bits_text(rows: Sequence[MetricsRow]) -> str:
    measured = [(row.validation_bits, row.step) for row in rows if row.validation_bits is not None]
    training = f"{rows[-1].train_bits:.3f} in training"
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


def _is_training(run: RunDirectory) -> bool:
    if not run.lock_file.exists():
        return False
    try:
        with file_lock(run.lock_file):
            return False
    except BlockingIOError:
        return True
    except OSError:  # a directory that cannot be written to is not being trained
        return False
