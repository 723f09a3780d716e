"""What a network runs on."""

from __future__ import annotations

from tuneloom.model.runtime.backend import tf
from tuneloom.model.runtime.threads import available_cores

__all__ = ["device_name"]


def device_name() -> str:
    """The name of the GPU that TensorFlow uses, or the number of processor cores."""
    gpus = tf.config.list_physical_devices("GPU")
    if gpus:
        return str(tf.config.experimental.get_device_details(gpus[0]).get("device_name", "a GPU"))
    cores = available_cores()
    return f"CPU, {cores} core{'s' * (cores != 1)}"
