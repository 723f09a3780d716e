"""What a network loses on a window, with the cores working side by side."""

from __future__ import annotations

import numpy as np

from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.network.network import Masks, Network, States
from tuneloom.model.runtime.backend import Tensor, cores, tf, threads_per_operation

__all__ = ["deal_cores", "row_loss", "window_loss"]

_SMALLEST_PART = 16
"""Lanes that a core must get for it to be worth a part of its own."""


def window_loss(
    network: Network, tokens: Tensor, states: States, masks: Masks = ()
) -> tuple[Tensor, Tensor, States]:
    """The loss over a window, (lanes, window + 1): nats, tokens predicted, and the next states.

    The lanes are dealt to the cores in parts that share no operation but the sum, so TensorFlow
    runs them side by side, forwards and backwards.
    """
    sizes = _part_sizes(tokens.shape[0])
    whole = (tokens, states, masks)
    by_tensor = [tf.split(tensor, sizes) for tensor in tf.nest.flatten(whole)]
    parts = [tf.nest.pack_sequence_as(whole, part) for part in zip(*by_tensor, strict=True)]
    results = [_part_loss(network, *part) for part in parts]
    nats, predicted, after = zip(*results, strict=True)
    joined = tf.nest.map_structure(lambda *parts: tf.concat(parts, axis=0), *after)
    return tf.add_n(nats), tf.add_n(predicted), joined


def row_loss(network: Network, tokens: Tensor, masks: Masks = ()) -> tuple[Tensor, Tensor]:
    """The same loss over whole tunes, a tune a row, (batch, time + 1): nats and tokens predicted."""
    inputs, targets = tokens[:, :-1], tokens[:, 1:]
    return _nats(inputs, targets, network.over_rows(inputs, masks))


def deal_cores(lanes: int) -> None:
    """Share the cores out for batches of so many lanes, before the first operation of the process.

    Parts of a batch side by side keep all cores busier than operations do that are split among
    them, but a batch too small for that has the cores work on one operation after the other.
    """
    threads_per_operation(max(1, cores() // _parts(lanes)))


def _parts(lanes: int) -> int:
    return max(1, min(cores(), lanes // _SMALLEST_PART))


def _part_sizes(lanes: int) -> list[int]:
    return [len(part) for part in np.array_split(np.arange(lanes), _parts(lanes))]


def _part_loss(
    network: Network, tokens: Tensor, states: States, masks: Masks
) -> tuple[Tensor, Tensor, States]:
    by_time = tf.transpose(tokens)  # (window + 1, lanes)
    inputs, targets = by_time[:-1], by_time[1:]
    logits, states = network.over_window(inputs, states, masks)
    return *_nats(inputs, targets, logits), states


def _nats(inputs: Tensor, targets: Tensor, logits: Tensor) -> tuple[Tensor, Tensor]:
    """The nats of the targets, and how many there are; filling costs nothing.

    No tune is empty: an end right after a beginning is the filling behind the last tune.
    """
    real = tf.cast((inputs != BOUNDARY) | (targets != BOUNDARY), tf.float32)
    nats = tf.nn.sparse_softmax_cross_entropy_with_logits(targets, logits)
    return tf.reduce_sum(nats * real), tf.reduce_sum(real)
