"""TensorFlow and Keras, imported quietly. Nothing else in the package imports them directly.

Their log is kept off the screen unless the user sets `TF_CPP_MIN_LOG_LEVEL` below 3, and memory of a GPU
is taken as it is needed unless `TF_FORCE_GPU_ALLOW_GROWTH` is false. The import takes several seconds, so a
module that can do without it should not import this one. In a command of ours, where nobody else uses Keras,
it is spared the packages that Keras would load to plot images and to read data frames.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, TypeAlias

from tuneloom.model.runtime.fd_redirect import silence_fd
from tuneloom.model.runtime.hidden_packages import hide_packages

__all__ = ["Tensor", "compile_graph", "has_gpu", "keras", "tf"]


os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
# The command is above this folder, so it is known by its name.
_is_command = "tuneloom.cli.app" in sys.modules
_spared = ("IPython", "matplotlib", "pandas", "scipy") if _is_command else ()
_quiet = os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3") == "3"
# Native code writes to standard error before it reads its log level.
with silence_fd(2) if _quiet else nullcontext(), hide_packages(*_spared):
    import keras
    import tensorflow as tf
if _quiet:
    # It would warn a session that generates several times of the graphs made, as if they were too many.
    tf.get_logger().setLevel("ERROR")

Tensor: TypeAlias = Any  # a tf.Tensor; a comment gives its shape where one is made


def compile_graph(function: Callable[..., Any], *, fused: bool = False) -> Callable[..., Any]:
    """Compile a function to a TensorFlow graph or, if `fused`, to a single XLA kernel.

    AutoGraph is off: loops must be written as `tf.while_loop`.
    """
    compiled: Callable[..., Any] = tf.function(function, autograph=False, jit_compile=fused or None)
    return compiled


def has_gpu() -> bool:
    """Whether TensorFlow sees a GPU."""
    return bool(tf.config.list_physical_devices("GPU"))
