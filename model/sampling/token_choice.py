"""From logits to a sampled token: temperature, nucleus, mask and noise, fused into one operation."""

from __future__ import annotations

from tuneloom.model.runtime.backend import Tensor, tf

__all__ = ["log_probs", "sample_token"]


def log_probs(logits: Tensor, temperature: float) -> Tensor:
    """The log-probabilities of tokens, (…, vocabulary), at a temperature."""
    return tf.nn.log_softmax(logits / temperature)


def sample_token(
    logits: Tensor, noise: Tensor, allowed: Tensor | None, temperature: float, top_p: float
) -> tuple[Tensor, Tensor]:
    """A token for each row, (batch,), and the cost of the mask, (batch,) in nats.

    `logits` and Gumbel `noise` are (batch, vocabulary), as is `allowed`, a bool mask; None allows every
    token. The nucleus is computed before the mask, so that a mask does not change a tune it allows.
    If the mask allows nothing in the nucleus, any allowed token may be sampled.

    The cost is minus the logarithm of the share of the nucleus's probability that the mask allows; it
    is infinite if that is nothing.
    """
    scores = log_probs(logits, temperature)
    probabilities = tf.exp(scores)
    nucleus = _in_nucleus(probabilities, top_p) if top_p < 1 else tf.ones_like(scores, tf.bool)
    if allowed is None:
        return _argmax(scores + noise, nucleus), tf.zeros_like(scores[:, 0])
    both = nucleus & allowed
    whole = tf.reduce_sum(tf.where(nucleus, probabilities, 0.0), axis=-1)
    left = tf.reduce_sum(tf.where(both, probabilities, 0.0), axis=-1)
    candidates = tf.where(tf.reduce_any(both, axis=-1, keepdims=True), both, allowed)
    return _argmax(scores + noise, candidates), tf.maximum(0.0, tf.math.log(whole / left))


def _argmax(scores: Tensor, candidates: Tensor) -> Tensor:
    return tf.argmax(tf.where(candidates, scores, -float("inf")), axis=-1, output_type=tf.int32)


def _in_nucleus(probabilities: Tensor, top_p: float) -> Tensor:
    """Whether the tokens more likely than each, (batch, vocabulary), have less than `top_p` in total.

    With so few tokens, comparing all pairs is cheaper than sorting.
    """
    other, own = probabilities[:, None, :], probabilities[:, :, None]
    return tf.reduce_sum(tf.where(other > own, other, 0.0), axis=-1) < top_p
