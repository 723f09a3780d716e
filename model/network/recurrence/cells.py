"""The cells that the recurrent layers of a network can have, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tuneloom.model.network.recurrence.gru import step_gru, unroll_gru
from tuneloom.model.network.recurrence.lstm import step_lstm, unroll_lstm
from tuneloom.model.runtime.backend import Tensor, keras, tf

__all__ = ["CELLS", "Cell", "CellState", "Recurrence", "input_bias", "recurrent_weights"]

CellState = tuple[Tensor, ...]
"""The state of a layer, an `LstmState` or a `GruState`, (batch, units) each."""

Recurrence = Callable[..., tuple[Tensor, CellState]]
"""From projected inputs, `not_reset`, a state and the recurrent weights to outputs and the new state."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A recurrent layer of Keras, and the recurrence that computes the same, faster on a CPU."""

    layer: type[keras.layers.RNN]
    states: int
    """The number of tensors that the state of a layer is."""
    unroll: Recurrence
    step: Recurrence

    def zero_state(self, batch_size: int, units: int) -> CellState:
        """The state of a layer at the beginning of a tune."""
        return tuple(tf.zeros((batch_size, units)) for _ in range(self.states))


CELLS = {
    "lstm": Cell(keras.layers.LSTM, 2, unroll_lstm, step_lstm),
    "gru": Cell(keras.layers.GRU, 1, unroll_gru, step_gru),
}


def input_bias(layer: keras.layers.RNN) -> Tensor:
    """The bias of a layer's projected inputs, (gates * units,)."""
    return _biases(layer)[0]


def recurrent_weights(layer: keras.layers.RNN) -> list[Tensor]:
    """What a recurrence takes after the state: the recurrent kernel and, of a GRU, a bias of its own."""
    return [tf.convert_to_tensor(layer.cell.recurrent_kernel), *_biases(layer)[1:]]


def _biases(layer: keras.layers.RNN) -> list[Tensor]:
    bias = tf.convert_to_tensor(layer.cell.bias)
    return tf.unstack(bias) if len(bias.shape) > 1 else [bias]
