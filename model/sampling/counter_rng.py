"""Chance that depends on nothing but its name: seed, draw and step, whatever else is drawn beside it.

TensorFlow's own stateless generators take one seed for a whole tensor, so that a row would depend on
its place. This is the counter-based generator Threefry-2x32 with 20 rounds (Salmon et al., "Parallel
Random Numbers: As Easy as 1, 2, 3", 2011), which has a key of its own for every row.
"""

from __future__ import annotations

from tuneloom.model.runtime.backend import Tensor, tf

__all__ = ["gumbel", "threefry", "uniform"]

_ROTATIONS = ((13, 15, 26, 6), (17, 29, 16, 24))
_PARITY = 0x1BD11BDA
_OPENING = 2**32 - 1
"""The step that no tune reaches: its chance is for what is drawn once a tune."""
_VECTOR = 16
"""Floats that the machine takes at once. What is left over may be rounded otherwise."""


def threefry(key: tuple[Tensor, Tensor], counter: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
    """Two words of 32 random bits for each key and counter; all uint32, of shapes that broadcast."""
    keys = (*key, tf.bitwise.bitwise_xor(tf.bitwise.bitwise_xor(*key), _word(_PARITY)))
    x, y = counter[0] + keys[0], counter[1] + keys[1]
    for group in range(5):
        for rotation in _ROTATIONS[group % 2]:
            x = x + y
            y = tf.bitwise.bitwise_xor(_rotated(y, rotation), x)
        x = x + keys[(group + 1) % 3]
        y = y + keys[(group + 2) % 3] + _word(group + 1)
    return x, y


def gumbel(seed: int, draws: Tensor, steps: Tensor, width: int) -> Tensor:
    """Standard Gumbel noise (lanes, width) for a step (lanes,) of each of the draws (lanes,).

    The largest sum of logit and noise is a draw from the softmax of the logits; where a mask leaves
    that one in, it stays the largest.
    """
    pairs = tf.range(-(-width // (2 * _VECTOR)) * _VECTOR)[None]  # (1, pairs)
    words = _bits(seed, draws[:, None], _unsigned(steps)[:, None], pairs)
    noise = -tf.math.log(-tf.math.log(_fraction(tf.concat(words, axis=1))))
    return noise[:, :width]


def uniform(seed: int, draws: Tensor) -> Tensor:
    """A number between 0 and 1 for each of the draws (lanes,), apart from the noise of its steps."""
    first, _ = _bits(seed, draws, _word(_OPENING), tf.zeros_like(draws))
    return _fraction(first)


def _bits(seed: int, draws: Tensor, steps: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
    return threefry((_word(seed), _unsigned(draws)), (steps, _unsigned(places)))


def _fraction(bits: Tensor) -> Tensor:
    """23 of 32 bits as a float32 that is neither 0 nor 1."""
    return (tf.cast(tf.bitwise.right_shift(bits, _word(9)), tf.float32) + 0.5) * 2.0**-23


def _rotated(words: Tensor, left: int) -> Tensor:
    return tf.bitwise.bitwise_or(
        tf.bitwise.left_shift(words, _word(left)), tf.bitwise.right_shift(words, _word(32 - left))
    )


def _word(value: int) -> Tensor:
    return tf.constant(value, tf.uint32)


def _unsigned(numbers: Tensor) -> Tensor:
    return tf.cast(numbers, tf.uint32)
