"""One step of learning from a window of every lane."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tuneloom.model.data.batching import Tokens
from tuneloom.model.network.config import Config
from tuneloom.model.network.loss import row_loss, window_loss
from tuneloom.model.network.network import Network
from tuneloom.model.runtime.backend import Tensor, graph, keras, tf

__all__ = ["Learner"]


class Learner:
    """A network, its optimizer, and the states that the lanes carry from window to window."""

    def __init__(self, network: Network, config: Config, lanes: int) -> None:
        self.network = network
        self.lanes = lanes
        self._seed = config.seed
        self._optimizer = keras.optimizers.Adam(global_clipnorm=config.clip)
        self._optimizer.build(network.model.trainable_variables)
        self._states = tf.nest.map_structure(tf.Variable, network.fresh_states(lanes))
        self._step = graph(self._learn_rows if config.rows else self._learn_window)

    def learn(self, tokens: Tokens, rate: float, step: int) -> tuple[float, int]:
        """Learn from a window (lanes, window + 1): the bits lost, and over how many tokens.

        With the config's `rows` it is a batch of whole tunes, (lanes, time + 1), instead.

        `step` is the number of the step; with the config's seed it decides what dropout drops.
        """
        self._optimizer.learning_rate = rate
        nats, predicted = self._step(tokens, np.array([self._seed, step], np.int32))
        return float(nats) / math.log(2), int(predicted)

    def variables(self) -> dict[str, Any]:
        """All that the next step depends on besides its tokens, by name; each can be assigned."""
        kinds = {
            "network": self.network.model.variables,
            "optimizer": self._optimizer.variables,
            "state": tf.nest.flatten(self._states),
        }
        return {
            f"{kind}_{number}": variable
            for kind, variables in kinds.items()
            for number, variable in enumerate(variables)
        }

    def _learn_window(self, tokens: Tensor, seed: Tensor) -> tuple[Tensor, Tensor]:
        masks = self.network.dropout_masks(self.lanes, seed)
        with tf.GradientTape() as tape:
            nats, predicted, states = window_loss(self.network, tokens, self._states, masks)
            loss = nats / predicted
        self._descend(tape, loss)
        tf.nest.map_structure(lambda kept, new: kept.assign(new), self._states, states)
        return nats, predicted

    def _learn_rows(self, tokens: Tensor, seed: Tensor) -> tuple[Tensor, Tensor]:
        masks = self.network.dropout_masks(self.lanes, seed)
        with tf.GradientTape() as tape:
            nats, predicted = row_loss(self.network, tokens, masks)
            loss = nats / predicted
        self._descend(tape, loss)
        return nats, predicted

    def _descend(self, tape: tf.GradientTape, loss: Tensor) -> None:
        weights = self.network.model.trainable_variables
        self._optimizer.apply(tape.gradient(loss, weights), weights)
