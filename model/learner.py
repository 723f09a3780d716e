"""One step of learning from a window of every lane, and the same measurement without learning."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from model.backend import Tensor, cores, keras, tf
from model.config import Config
from model.network import Network, States
from model.packing import Tokens, Tunes, pack, windows
from model.vocabulary import BOUNDARY

__all__ = ["Learner", "bits_per_character"]

_SMALLEST_PART = 16
"""Lanes that a core must get for it to be worth a part of its own."""


class Learner:
    """A network, its optimizer, and the states that the lanes carry from window to window."""

    def __init__(self, network: Network, config: Config, lanes: int) -> None:
        self.network = network
        self.lanes = lanes
        self.optimizer = keras.optimizers.Adam(
            config.learning_rate, global_clipnorm=config.clip, name="adam"
        )
        self.optimizer.build(network.model.trainable_variables)
        self._states = tf.nest.map_structure(tf.Variable, network.fresh_states(lanes))
        self._step = tf.function(self._learn)

    def learn(self, tokens: Tokens, rate: float) -> tuple[float, int]:
        """Learn from a window (lanes, window + 1): the bits lost, and over how many tokens."""
        self.optimizer.learning_rate = rate
        nats, predicted = self._step(tokens)
        return float(nats) / math.log(2), int(predicted)

    def variables(self) -> dict[str, Any]:
        """All that the next step depends on besides its tokens, by name: each can be assigned."""
        kinds = {
            "network": self.network.model.variables,
            "optimizer": self.optimizer.variables,
            "state": tf.nest.flatten(self._states),
        }
        return {
            f"{kind}_{number}": variable
            for kind, variables in kinds.items()
            for number, variable in enumerate(variables)
        }

    def _learn(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        weights = self.network.model.trainable_variables
        with tf.GradientTape() as tape:
            nats, predicted, states = _nats(self.network, tokens, self._states)
            loss = nats / predicted
        self.optimizer.apply(tape.gradient(loss, weights), weights)
        tf.nest.map_structure(lambda kept, new: kept.assign(new), self._states, states)
        return nats, predicted


def bits_per_character(network: Network, tunes: Tunes, config: Config) -> float:
    """The bits a network needs on average for each character; the end of a tune counts as one."""
    lanes = min(config.lanes, len(tunes))
    measure = tf.function(lambda tokens, states: _nats(network, tokens, states))
    states, total = network.fresh_states(lanes), 0.0
    packed = pack(tunes, lanes, config.window, np.random.default_rng(0))
    for tokens in windows(packed, config.window):
        nats, _, states = measure(tokens, states)
        total += float(nats)
    return total / tunes.predictions / math.log(2)


def _nats(network: Network, tokens: Tensor, states: States) -> tuple[Tensor, Tensor, States]:
    """The loss over a window, (lanes, window + 1): nats, tokens predicted, and the next states.

    The lanes are dealt to the cores in parts that share no operation but the sum, so TensorFlow
    runs them side by side, forwards and backwards."""
    sizes = _part_sizes(tokens.shape[0])
    state_parts = [[tf.split(tensor, sizes) for tensor in state] for state in states]
    results = [
        _part_nats(network, part, tuple((h[n], c[n]) for h, c in state_parts))
        for n, part in enumerate(tf.split(tokens, sizes))
    ]
    nats, predicted, after = zip(*results, strict=True)
    joined = tf.nest.map_structure(lambda *parts: tf.concat(parts, axis=0), *after)
    return tf.add_n(nats), tf.add_n(predicted), joined


def _part_sizes(lanes: int) -> list[int]:
    parts = max(1, min(cores(), lanes // _SMALLEST_PART))
    return [len(part) for part in np.array_split(np.arange(lanes), parts)]


def _part_nats(network: Network, tokens: Tensor, states: States) -> tuple[Tensor, Tensor, States]:
    by_time = tf.transpose(tokens)  # (window + 1, lanes)
    inputs, targets = by_time[:-1], by_time[1:]
    logits, states = network.over_window(inputs, states)
    # No tune is empty: an end right after a beginning is the filling behind a lane's last tune.
    real = tf.cast((inputs != BOUNDARY) | (targets != BOUNDARY), tf.float32)
    nats = tf.nn.sparse_softmax_cross_entropy_with_logits(targets, logits)
    return tf.reduce_sum(nats * real), tf.reduce_sum(real), states
