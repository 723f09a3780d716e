"""The interface of a network architecture.

The Keras model holds the weights and is what is saved. A network runs it in three ways: `unroll` for
training on packed tunes, `forward` for training on padded ones and `decode_step` for sampling. All
three follow from `initial_state` and `step`, and an architecture may override them to be faster.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runtime.backend import Tensor, keras, tf

__all__ = ["DropoutMasks", "Network", "NetworkState"]

NetworkState = Any
"""Any nest of tensors whose first axis is the batch."""
DropoutMasks = tuple[Tensor, ...]
"""For each layer the factors of its outputs, (batch, units); empty for no dropout."""


class Network(ABC):
    """A Keras model that predicts the next token, and the ways to run it.

    A subclass defines `build_model`, `initial_state` and `step`, and is registered in
    `tuneloom.model.network.catalogue`.
    """

    def __init__(self, model: keras.Model) -> None:
        self.model = model

    @staticmethod
    @abstractmethod
    def build_model(config: TrainingConfig, vocabulary_size: int) -> keras.Model:
        """A model from tokens (batch, time) to logits (batch, time, vocabulary), with new weights."""

    @abstractmethod
    def initial_state(self, batch_size: int) -> NetworkState:
        """The state at the beginning of a tune."""

    @abstractmethod
    def step(
        self, tokens: Tensor, state: NetworkState, masks: DropoutMasks = ()
    ) -> tuple[Tensor, NetworkState]:
        """Logits (batch, vocabulary) after tokens (batch,), and the new state.

        The caller resets the state where a tune begins.
        """

    def dropout_masks(self, batch_size: int, seed: Tensor) -> DropoutMasks:
        """The masks for one training step, determined by `seed`, (2,) int32. None by default."""
        del batch_size, seed
        return ()

    def unroll(
        self, tokens: Tensor, state: NetworkState, masks: DropoutMasks = ()
    ) -> tuple[Tensor, NetworkState]:
        """Logits (time, batch, vocabulary) after each of the tokens (time, batch), and the final state.

        A boundary among the tokens resets the state of its row.
        """
        steps = tf.shape(tokens)[0]

        def body(t: Tensor, state: NetworkState, logits: Tensor) -> tuple[Tensor, ...]:
            step_logits, state = self._reset_and_step(tokens[t], state, masks)
            return t + 1, state, logits.write(t, step_logits)

        _, state, logits = tf.while_loop(
            lambda t, *_: t < steps, body, (0, state, tf.TensorArray(tf.float32, size=steps))
        )
        return logits.stack(), state

    def forward(self, tokens: Tensor, masks: DropoutMasks = ()) -> Tensor:
        """Logits (batch, time, vocabulary) after each of the tokens (batch, time), a tune in each row."""
        state = self.initial_state(tokens.shape[0])
        logits, _ = self.unroll(tf.transpose(tokens), state, masks)
        return tf.transpose(logits, [1, 0, 2])

    def decode_step(self) -> Callable[[Tensor, NetworkState], tuple[Tensor, NetworkState]]:
        """A function like `step` that resets the state at boundaries, for many calls with these weights."""
        return self._reset_and_step

    def _reset_and_step(
        self, tokens: Tensor, state: NetworkState, masks: DropoutMasks = ()
    ) -> tuple[Tensor, NetworkState]:
        fresh = self.initial_state(tokens.shape[0])

        def reset(old: Tensor, new: Tensor) -> Tensor:
            begins = tf.reshape(tokens == BOUNDARY, [-1] + [1] * (len(old.shape) - 1))
            return tf.where(begins, new, old)

        return self.step(tokens, tf.nest.map_structure(reset, state, fresh), masks)
