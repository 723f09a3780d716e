import numpy as np
import pytest

from tuneloom.model.network.recurrence.product import matrix_product
from tuneloom.model.runtime.backend import tf


def test_a_float32_kernel_is_multiplied_as_it_is() -> None:
    inputs, kernel = tf.random.normal((3, 64)), tf.random.normal((64, 5))
    np.testing.assert_array_equal(matrix_product(inputs, kernel), inputs @ kernel)


def test_bfloat16_operands_are_summed_in_float32_and_rounded_once() -> None:
    """A sum in bfloat16 would stop at 256, where 1 is less than half a unit in the last place."""
    inputs, kernel = tf.ones((1, 4096)), tf.ones((4096, 1), tf.bfloat16)
    product = matrix_product(inputs, kernel)
    assert product.dtype == tf.float32
    assert float(product[0, 0]) == 4096
    assert float(matrix_product(inputs, kernel * 1.01)[0, 0]) == pytest.approx(4128, rel=0.004)
