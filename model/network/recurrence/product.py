"""Matrix products from rounded operands."""

from __future__ import annotations

from tuneloom.model.runtime.backend import Tensor, tf

__all__ = ["matrix_product"]


def matrix_product(inputs: Tensor, kernel: Tensor) -> Tensor:
    """`inputs @ kernel` as float32, from operands in the type of the kernel.

    A processor that multiplies bfloat16 numbers sums in float32 and rounds the sum. The caller casts the
    kernel, so that it is done once for many products.
    """
    return tf.cast(tf.cast(inputs, kernel.dtype) @ kernel, tf.float32)
