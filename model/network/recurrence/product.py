"""Matrix products from rounded operands."""

from __future__ import annotations

from tuneloom.model.runtime.backend import Tensor, tf

__all__ = ["kernel_gradient", "matrix_product"]


def matrix_product(inputs: Tensor, kernel: Tensor) -> Tensor:
    """`inputs @ kernel` as float32, from operands in the type of the kernel.

    A processor that multiplies bfloat16 numbers sums in float32 and rounds the sum. The caller casts the
    kernel, so that it is done once for many products.
    """
    return tf.cast(tf.cast(inputs, kernel.dtype) @ kernel, tf.float32)


def kernel_gradient(inputs: Tensor, gradient: Tensor, kernel: Tensor) -> Tensor:
    """The gradient of the kernel of many `matrix_product`s, as one large product over all time steps.

    `inputs` are (time, batch, units), and `gradient` is that of the products, (time, batch, gates * units).
    """
    operands = tf.cast(inputs, kernel.dtype), tf.cast(gradient, kernel.dtype)
    return tf.tensordot(*operands, axes=[[0, 1], [0, 1]])
