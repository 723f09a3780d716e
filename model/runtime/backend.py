"""TensorFlow and its Keras, imported without their noise: the one door through which they come in.

Unless the user sets `TF_CPP_MIN_LOG_LEVEL` to less than 3, the libraries' log stays off the screen.
The import takes several seconds, so nothing that can do without it imports this module.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any, TypeAlias

from tuneloom.model.runtime.fd_redirect import silenced

__all__ = ["Tensor", "cores", "graph", "has_gpu", "keras", "tf", "threads_per_operation"]


os.environ["KERAS_BACKEND"] = "tensorflow"
_quiet = os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3") == "3"
# Native code writes to standard error before its log level is read.
with silenced(2) if _quiet else nullcontext():
    import keras
    import tensorflow as tf

Tensor: TypeAlias = Any  # a tf.Tensor; its shape stands in a comment where one is made


def graph(function: Callable[..., Any], *, fused: bool = False) -> Callable[..., Any]:
    """The function as a TensorFlow graph; `fused`, as a single operation compiled for this machine.

    Its source is not rewritten: loops in a graph are written as such.
    """
    compiled: Callable[..., Any] = tf.function(function, autograph=False, jit_compile=fused or None)
    return compiled


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def has_gpu() -> bool:
    """Whether TensorFlow has a GPU to work on."""
    return bool(tf.config.list_physical_devices("GPU"))


def threads_per_operation(threads: int) -> None:
    """Give each operation so many threads; with fewer than there are cores, others run beside it.

    Holds for the whole process, and only if it comes before the first operation.
    """
    with suppress(RuntimeError):
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(cores())
