"""The metrics of a run for TensorBoard: `tensorboard --logdir RUN`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from tuneloom.model.runs.metrics import MetricsRow
from tuneloom.model.runtime.backend import tf

__all__ = ["TensorBoardWriter"]


class TensorBoardWriter:
    """Writes rows of metrics, each value under the name of its column."""

    def __init__(self, folder: Path) -> None:
        self._writer = tf.summary.create_file_writer(str(folder))
        # What tf.summary.scalar would write; that function needs the tensorboard package.
        self._scalar = tf.compat.v1.SummaryMetadata(
            plugin_data={"plugin_name": "scalars"}, data_class="DATA_CLASS_SCALAR"
        ).SerializeToString()

    def add(self, row: MetricsRow) -> None:
        with self._writer.as_default():
            for name, value in asdict(row).items():
                if name != "step" and value is not None:
                    tf.summary.write(name, tf.constant(value, tf.float32), row.step, self._scalar)

    def flush(self) -> None:
        self._writer.flush()
