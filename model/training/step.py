"""One training step."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.layouts import layout_of
from tuneloom.model.network.network import Network
from tuneloom.model.runtime.backend import Tensor, compile_graph, keras, tf

__all__ = ["TrainStep"]


class TrainStep:
    """A network, its optimizer, and the state that it carries from batch to batch."""

    def __init__(self, network: Network, config: TrainingConfig, batch_size: int) -> None:
        if config.precision != "float32" and config.layout == "padded":
            raise UsageError(f"precision {config.precision} needs --set layout=packed")
        self.network = network
        self._learner = network.at_precision(config.precision)
        self.batch_size = batch_size
        self._seed = config.seed
        self._layout = layout_of(config)
        self._optimizer = keras.optimizers.AdamW(
            weight_decay=config.weight_decay, beta_2=config.beta_2, global_clipnorm=config.clip
        )
        kept = set(map(id, network.decaying_weights()))
        self._optimizer.exclude_from_weight_decay(
            [each for each in network.model.trainable_variables if id(each) not in kept]
        )
        self._optimizer.build(network.model.trainable_variables)
        state = self._layout.initial_state(network, batch_size)
        self._state = tf.nest.map_structure(tf.Variable, state)
        self._compiled_step = compile_graph(self._step)

    def run(self, batch: NetworkInputs, learning_rate: float, step: int) -> tuple[float, int]:
        """Learn from a batch, (batch_size, time + 1): the bits of its targets, and their number.

        `step` is the number of the step, which determines dropout together with the config's seed.
        """
        self._optimizer.learning_rate = learning_rate
        nats, targets = self._compiled_step(batch, np.array([self._seed, step], np.int32))
        return float(nats) / math.log(2), int(targets)

    def variables(self) -> dict[str, Any]:
        """All variables that the next step depends on, by the name in a checkpoint."""
        kinds = {
            "network": self.network.model.variables,
            "optimizer": self._optimizer.variables,
            "state": tf.nest.flatten(self._state),
        }
        return {
            f"{kind}_{number}": variable
            for kind, variables in kinds.items()
            for number, variable in enumerate(variables)
        }

    def _step(self, batch: NetworkInputs, seed: Tensor) -> tuple[Tensor, Tensor]:
        masks = self.network.dropout_masks(self.batch_size, seed)
        with tf.GradientTape() as tape:
            nats, targets, state = self._layout.loss(self._learner, batch, self._state, masks)
            loss = nats / targets
        weights = self.network.model.trainable_variables
        self._optimizer.apply(tape.gradient(loss, weights), weights)
        tf.nest.map_structure(lambda old, new: old.assign(new), self._state, state)
        return nats, targets
