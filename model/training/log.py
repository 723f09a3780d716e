"""What a run writes down of itself: metrics as CSV, picture and for TensorBoard, and samples."""

from __future__ import annotations

from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.metrics import Metrics
from tuneloom.model.runs.plot import draw_progress
from tuneloom.model.runs.tensorboard import Board
from tuneloom.model.runtime.atomic import replacing
from tuneloom.model.sampling.tunebook import tunebook
from tuneloom.model.training.samples import Sample
from tuneloom.model.training.schedule import Place

__all__ = ["Journal"]

_ROW_STEPS = 50
"""Steps in a row of the metrics."""


class Journal:
    """Keeps the rows of a run from `place` on; later ones, of a run that was killed, are dropped."""

    def __init__(self, run: RunDirectory, place: Place) -> None:
        self._run = run
        self._metrics = Metrics.read(run.metrics, last_step=place.step)
        self._board: Board | None = None
        self._on_board = len(self._metrics.rows)

    @property
    def train_bits(self) -> float:
        """Bits per character over the last row."""
        return self._metrics.rows[-1].train_bits

    @property
    def parseable(self) -> float | None:
        """The percentage of parseable tunes of the last sample."""
        samples = (row.parseable for row in reversed(self._metrics.rows))
        return next((percent for percent in samples if percent is not None), None)

    def learnt(self, place: Place, bits: float, predicted: int, rate: float) -> None:
        """Count a step in: the bits lost over so many characters, at this learning rate."""
        self._metrics.add(bits, predicted, rate)
        if place.step % _ROW_STEPS == 0:
            self._metrics.close_row(place)

    def examined(self, place: Place, bits: float | None, sample: Sample) -> None:
        """Note a validation, and keep the tunes of a sample. Raises OSError where it cannot."""
        self._metrics.examined(place, bits, sample.parseable, sample.metrical)
        tunes = dict(enumerate(sample.draws, start=1))
        self._run.samples.mkdir(exist_ok=True)
        with replacing(self._run.samples / f"{place.step:07}.abc") as path:
            path.write_text(tunebook(tunes, self._run.name, sample.sampler), "utf-8")

    def write(self, place: Place) -> None:
        """Bring all that is on disk up to date. Raises OSError where it cannot."""
        self._metrics.close_row(place)
        self._metrics.write(self._run.metrics)
        draw_progress(self._run.progress, self._metrics.rows)
        self._board = self._board or Board(self._run.board)
        for row in self._metrics.rows[self._on_board :]:
            self._board.add(row)
        self._board.flush()
        self._on_board = len(self._metrics.rows)
