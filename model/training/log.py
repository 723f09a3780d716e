"""The log of a run: metrics as CSV, as a picture and for TensorBoard, and samples."""

from __future__ import annotations

from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.metrics import Metrics
from tuneloom.model.runs.progress import TrainingProgress
from tuneloom.model.runs.tensorboard import TensorBoardWriter
from tuneloom.model.runtime.atomic import atomic_output
from tuneloom.model.sampling.tunebook import generated_tunebook
from tuneloom.model.training.samples import Sample

__all__ = ["TrainingLog"]

_ROW_STEPS = 50
"""Steps in a row of the metrics."""

_FIRST_ROW_STEPS = 10
"""The same in the first 200 steps, which are all that a run of a minute may have."""

_FIRST_STEPS = 200


class TrainingLog:
    """Continues the log of a run from `start`; later rows, left by a killed process, are dropped."""

    def __init__(self, run: RunDirectory, start: TrainingProgress) -> None:
        self._run = run
        self._metrics = Metrics.read(run.metrics, last_step=start.step)
        self._tensorboard: TensorBoardWriter | None = None
        self._on_tensorboard = len(self._metrics.rows)

    @property
    def train_bits(self) -> float:
        """Bits per character over the last row."""
        return self._metrics.rows[-1].train_bits

    @property
    def parseable(self) -> float | None:
        """The percentage of parseable tunes in the last sample."""
        samples = (row.parseable for row in reversed(self._metrics.rows))
        return next((percent for percent in samples if percent is not None), None)

    def record_step(
        self, progress: TrainingProgress, bits: float, characters: int, learning_rate: float
    ) -> None:
        """Add a step: the bits of all characters predicted, and their number."""
        self._metrics.record_step(bits, characters, learning_rate)
        row_steps = _FIRST_ROW_STEPS if progress.step <= _FIRST_STEPS else _ROW_STEPS
        if progress.step % row_steps == 0:
            self._metrics.close_row(progress)

    def record_validation(
        self, progress: TrainingProgress, bits: float | None, sample: Sample
    ) -> None:
        """Add a validation, if there was one, and write the tunes of a sample.

        Raises:
            OSError: they cannot be written.
        """
        self._metrics.record_validation(
            progress, bits, parseable=sample.parseable, metrical=sample.metrical
        )
        tunes = dict(enumerate(sample.tunes, start=1))
        self._run.samples.mkdir(exist_ok=True)
        with atomic_output(self._run.samples / f"{progress.step:07}.abc") as temporary:
            temporary.write_text(generated_tunebook(tunes, self._run.name, sample.config), "utf-8")

    def write(self, progress: TrainingProgress) -> None:
        """Bring the files up to date.

        Raises:
            OSError: they cannot be written.
        """
        # Imported here: matplotlib and pandas are a part of the time until the first step.
        from tuneloom.model.runs.plot import draw_progress

        self._metrics.close_row(progress)
        self._metrics.write(self._run.metrics)
        draw_progress(self._run.plot, self._metrics.rows)
        self._tensorboard = self._tensorboard or TensorBoardWriter(self._run.tensorboard)
        for row in self._metrics.rows[self._on_tensorboard :]:
            self._tensorboard.add(row)
        self._tensorboard.flush()
        self._on_tensorboard = len(self._metrics.rows)
