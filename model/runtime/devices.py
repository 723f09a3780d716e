"""What a network runs on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tuneloom.grammar.errors import RunFailed
from tuneloom.grammar.processes import usable_cores
from tuneloom.model.runtime.backend import tf

__all__ = ["device_name", "has_bfloat16_products", "needs_memory"]

_BFLOAT16_FLAGS = frozenset({"avx512_bf16", "amx_bf16"})


def device_name() -> str:
    """The name of the GPU that TensorFlow uses, or the number of processor cores."""
    gpus = tf.config.list_physical_devices("GPU")
    if gpus:
        return str(tf.config.experimental.get_device_details(gpus[0]).get("device_name", "a GPU"))
    cores = usable_cores()
    return f"CPU, {cores} core{'s' * (cores != 1)}"


def has_bfloat16_products(description: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether the processor multiplies bfloat16 matrices by instructions that TensorFlow uses.

    They are known on Linux and x86 alone. Elsewhere such products are computed as well, but slowly.
    """
    try:
        return not _BFLOAT16_FLAGS.isdisjoint(description.read_text(encoding="utf-8").split())
    except OSError:
        return False


@contextmanager
def needs_memory(run: Path) -> Iterator[None]:
    """Report in one line that memory runs out in the block, which trains `run`.

    Raises:
        RunFailed: it does.
    """
    try:
        yield
    except (MemoryError, tf.errors.ResourceExhaustedError) as error:
        raise RunFailed(
            f"{run}: the memory of {device_name()} is too small; "
            "train with less of batch_size, units or unroll_length"
        ) from error
