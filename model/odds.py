"""From logits to the token drawn: temperature, nucleus, mask and noise, as one fused operation."""

from __future__ import annotations

from model.backend import Tensor, tf

__all__ = ["choose", "tempered"]

_OUTSIDE = 1e6
"""What a logit outside the nucleus loses: it is drawn only where the mask leaves nothing inside."""


def tempered(logits: Tensor, temperature: float) -> Tensor:
    """The log-probabilities of tokens, (…, vocabulary), at a temperature."""
    return tf.nn.log_softmax(logits / temperature)


def choose(
    logits: Tensor, noise: Tensor, allowed: Tensor | None, temperature: float, top_p: float
) -> tuple[Tensor, Tensor]:
    """The token (lanes,) that each lane draws, and what the mask has cut away, (lanes,) in nats.

    `logits` and Gumbel `noise` are (lanes, vocabulary); `allowed`, bool, the same, or None without a
    mask. The nucleus is that of the network, so that the mask does not change it and a draw that it
    leaves in is the draw without it. What is cut is minus the logarithm of the share of the
    probability that the mask leaves: infinite where it leaves nothing of the nucleus.
    """
    odds = tempered(logits, temperature)
    if top_p < 1:
        odds = tf.where(_in_nucleus(tf.exp(odds), top_p), odds, odds - _OUTSIDE)
    scores = odds + noise
    if allowed is None:
        return tf.argmax(scores, axis=-1, output_type=tf.int32), tf.zeros_like(odds[:, 0])
    whole = tf.reduce_sum(_probability(odds), axis=-1)
    left = tf.reduce_sum(tf.where(allowed, _probability(odds), 0.0), axis=-1)
    scores = tf.where(allowed, scores, -float("inf"))
    return tf.argmax(scores, axis=-1, output_type=tf.int32), tf.math.log(whole / left)


def _probability(odds: Tensor) -> Tensor:
    """Of each token, (lanes, vocabulary), before it is scaled to a sum of 1; 0 outside the nucleus."""
    return tf.where(odds < -_OUTSIDE / 2, 0.0, tf.exp(odds))


def _in_nucleus(probability: Tensor, top_p: float) -> Tensor:
    """Whether the likelier tokens alone, (lanes, vocabulary), have less than `top_p` together.

    Comparing each with each is cheaper for so few tokens than sorting them.
    """
    theirs, own = probability[:, None, :], probability[:, :, None]
    return tf.reduce_sum(tf.where(theirs > own, theirs, 0.0), axis=-1) < top_p
