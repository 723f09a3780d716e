"""From logits to the token drawn: temperature, nucleus, mask and noise, as one fused operation."""

from __future__ import annotations

from tuneloom.model.runtime.backend import Tensor, tf

__all__ = ["choose", "tempered"]


def tempered(logits: Tensor, temperature: float) -> Tensor:
    """The log-probabilities of tokens, (…, vocabulary), at a temperature."""
    return tf.nn.log_softmax(logits / temperature)


def choose(
    logits: Tensor, noise: Tensor, allowed: Tensor | None, temperature: float, top_p: float
) -> tuple[Tensor, Tensor]:
    """The token (lanes,) that each lane draws, and what the mask has cut away, (lanes,) in nats.

    `logits` and Gumbel `noise` are (lanes, vocabulary); `allowed`, bool, the same, or None without a
    mask. The nucleus is that of the network, so that the mask does not change it and a draw that it
    leaves in is the draw without it; where nothing of the nucleus is allowed, the rest of what is
    allowed is drawn from. What is cut is minus the logarithm of the share of the probability that
    the mask leaves: infinite where it leaves nothing of the nucleus.
    """
    odds = tempered(logits, temperature)
    probability = tf.exp(odds)
    inside = _in_nucleus(probability, top_p) if top_p < 1 else tf.ones_like(odds, tf.bool)
    if allowed is None:
        return _largest(odds + noise, inside), tf.zeros_like(odds[:, 0])
    both = inside & allowed
    whole = tf.reduce_sum(tf.where(inside, probability, 0.0), axis=-1)
    left = tf.reduce_sum(tf.where(both, probability, 0.0), axis=-1)
    drawable = tf.where(tf.reduce_any(both, axis=-1, keepdims=True), both, allowed)
    return _largest(odds + noise, drawable), tf.maximum(0.0, tf.math.log(whole / left))


def _largest(scores: Tensor, drawable: Tensor) -> Tensor:
    return tf.argmax(tf.where(drawable, scores, -float("inf")), axis=-1, output_type=tf.int32)


def _in_nucleus(probability: Tensor, top_p: float) -> Tensor:
    """Whether the likelier tokens alone, (lanes, vocabulary), have less than `top_p` together.

    Comparing each with each is cheaper for so few tokens than sorting them.
    """
    theirs, own = probability[:, None, :], probability[:, :, None]
    return tf.reduce_sum(tf.where(theirs > own, theirs, 0.0), axis=-1) < top_p
