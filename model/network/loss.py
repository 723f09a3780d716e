"""The loss of a network on a batch, in nats."""

from __future__ import annotations

import numpy as np

from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.network.network import DropoutMasks, Network, NetworkState
from tuneloom.model.runtime.backend import Tensor, tf

__all__ = ["packed_loss", "padded_loss", "padded_nats"]


def packed_loss(
    network: Network,
    batch: NetworkInputs,
    state: NetworkState,
    masks: DropoutMasks = (),
    *,
    parts: int = 1,
) -> tuple[Tensor, Tensor, NetworkState]:
    """The loss on packed tunes, (batch, time + 1): nats, the number of targets, and the final state.

    The rows are split into parts that share no operation but the sum, so that TensorFlow runs them
    side by side, forward and backward.
    """
    sizes = [len(part) for part in np.array_split(np.arange(batch.tokens.shape[0]), parts)]
    inputs = (batch, state, masks)
    by_tensor = [tf.split(tensor, sizes) for tensor in tf.nest.flatten(inputs)]
    by_part = [tf.nest.pack_sequence_as(inputs, part) for part in zip(*by_tensor, strict=True)]
    results = [_unrolled_loss(network, *part) for part in by_part]
    nats, targets, states = zip(*results, strict=True)
    final = tf.nest.map_structure(lambda *tensors: tf.concat(tensors, axis=0), *states)
    return tf.add_n(nats), tf.add_n(targets), final


def padded_loss(
    network: Network, batch: NetworkInputs, masks: DropoutMasks = ()
) -> tuple[Tensor, Tensor]:
    """The loss on padded tunes, (batch, time + 1): nats and the number of targets."""
    inputs = NetworkInputs(batch.tokens[:, :-1], batch.aids[:, :-1])
    scores = network.forward(inputs, masks)
    return _summed_nats(network, scores, inputs, batch.tokens[:, 1:])


def padded_nats(network: Network, batch: NetworkInputs) -> Tensor:
    """The nats of each target of padded tunes, (batch, time); those of padding mean nothing."""
    inputs = NetworkInputs(batch.tokens[:, :-1], batch.aids[:, :-1])
    return network.nats(network.forward(inputs), inputs, batch.tokens[:, 1:])


def _unrolled_loss(
    network: Network, batch: NetworkInputs, state: NetworkState, masks: DropoutMasks
) -> tuple[Tensor, Tensor, NetworkState]:
    tokens = tf.transpose(batch.tokens)  # (time + 1, batch)
    aids = tf.transpose(batch.aids, [1, 0, 2])  # (time + 1, batch, width)
    inputs = NetworkInputs(tokens[:-1], aids[:-1])
    scores, state = network.unroll(inputs, state, masks)
    return *_summed_nats(network, scores, inputs, tokens[1:]), state


def _summed_nats(
    network: Network, scores: Tensor, inputs: NetworkInputs, targets: Tensor
) -> tuple[Tensor, Tensor]:
    """The nats of the targets and their number, without padding.

    No tune is empty, so a boundary right after a boundary is padding.
    """
    real = tf.cast((inputs.tokens != BOUNDARY) | (targets != BOUNDARY), tf.float32)
    nats = network.nats(scores, inputs, targets)
    return tf.reduce_sum(nats * real), tf.reduce_sum(real)
