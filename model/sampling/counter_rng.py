"""Random numbers that depend only on seed, draw and step, not on what else is in the batch.

TensorFlow's stateless generators take one seed for a whole tensor, so a row would depend on its
position. This is the counter-based generator Threefry-2x32 with 20 rounds (Salmon et al., "Parallel
Random Numbers: As Easy as 1, 2, 3", 2011), with a separate key for each row.
"""

from __future__ import annotations

from tuneloom.model.runtime.backend import Tensor, tf

__all__ = ["gumbel_noise", "threefry", "uniform_per_draw"]

_ROTATIONS = ((13, 15, 26, 6), (17, 29, 16, 24))
_PARITY = 0x1BD11BDA
_DRAW_STEP = 2**32 - 1
"""A step that no tune reaches, used for the number that is drawn once for each tune."""
_VECTOR = 16
"""Floats in a vector register. The remainder of a row could be rounded differently, so pad to it."""


def threefry(key: tuple[Tensor, Tensor], counter: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
    """Two words of 32 random bits for each key and counter; all uint32, of shapes that broadcast."""
    keys = (*key, tf.bitwise.bitwise_xor(tf.bitwise.bitwise_xor(*key), _uint32(_PARITY)))
    x, y = counter[0] + keys[0], counter[1] + keys[1]
    for group in range(5):
        for rotation in _ROTATIONS[group % 2]:
            x = x + y
            y = tf.bitwise.bitwise_xor(_rotate_left(y, rotation), x)
        x = x + keys[(group + 1) % 3]
        y = y + keys[(group + 2) % 3] + _uint32(group + 1)
    return x, y


def gumbel_noise(seed: int, draws: Tensor, steps: Tensor, width: int) -> Tensor:
    """Standard Gumbel noise (batch, width) for the step (batch,) of each draw (batch,).

    The token with the largest sum of logit and noise is a sample from the softmax of the logits. If a
    mask allows it, it stays the largest.
    """
    pairs = tf.range(-(-width // (2 * _VECTOR)) * _VECTOR)[None]  # (1, pairs)
    words = _random_words(seed, draws[:, None], tf.cast(steps, tf.uint32)[:, None], pairs)
    noise = -tf.math.log(-tf.math.log(_unit_interval(tf.concat(words, axis=1))))
    return noise[:, :width]


def uniform_per_draw(seed: int, draws: Tensor) -> Tensor:
    """A number between 0 and 1 for each draw (batch,), independent of the noise of its steps."""
    first, _ = _random_words(seed, draws, _uint32(_DRAW_STEP), tf.zeros_like(draws))
    return _unit_interval(first)


def _random_words(
    seed: int, draws: Tensor, steps: Tensor, columns: Tensor
) -> tuple[Tensor, Tensor]:
    key = _uint32(seed), tf.cast(draws, tf.uint32)
    return threefry(key, (steps, tf.cast(columns, tf.uint32)))


def _unit_interval(bits: Tensor) -> Tensor:
    """23 of 32 bits as a float32 that is neither 0 nor 1."""
    return (tf.cast(tf.bitwise.right_shift(bits, _uint32(9)), tf.float32) + 0.5) * 2.0**-23


def _rotate_left(words: Tensor, bits: int) -> Tensor:
    return tf.bitwise.bitwise_or(
        tf.bitwise.left_shift(words, _uint32(bits)),
        tf.bitwise.right_shift(words, _uint32(32 - bits)),
    )


def _uint32(value: int) -> Tensor:
    return tf.constant(value, tf.uint32)
