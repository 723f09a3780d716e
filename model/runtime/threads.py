"""How the processor cores share the work on a batch.

A batch is split into parts that run side by side, which keeps the cores busier than splitting each
operation among them. A small batch is not split; then all cores work on one operation at a time.
"""

from __future__ import annotations

from contextlib import suppress

from tuneloom.grammar.processes import usable_cores
from tuneloom.model.runtime.backend import tf

__all__ = ["configure_threads", "parallel_parts"]

_MIN_PART_ROWS = 16
"""A part with fewer rows is not worth a core of its own."""


def parallel_parts(batch_size: int) -> int:
    """The number of parts to split a batch into: at most one for each core."""
    return max(1, min(usable_cores(), batch_size // _MIN_PART_ROWS))


def configure_threads(batch_size: int) -> None:
    """Set the thread pools of the whole process for batches of this size.

    Call it once, before the first TensorFlow operation; later calls have no effect.
    """
    with suppress(RuntimeError):
        threads_per_operation = max(1, usable_cores() // parallel_parts(batch_size))
        tf.config.threading.set_intra_op_parallelism_threads(threads_per_operation)
        tf.config.threading.set_inter_op_parallelism_threads(usable_cores())
