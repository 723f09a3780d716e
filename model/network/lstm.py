"""The LSTM architecture: embedding, LSTM layers and a dense layer, all stock Keras layers.

`unroll` and `decode_step` compute what the Keras model does, but through `lstm_recurrence`, which is
faster on a CPU and resets the state at boundaries.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.lstm_recurrence import LstmState, step_lstm, unroll_lstm
from tuneloom.model.network.network import DropoutMasks, Network
from tuneloom.model.runtime.backend import Tensor, keras, tf

__all__ = ["LstmNetwork", "LstmStates"]

LstmStates = tuple[LstmState, ...]
"""The state of each layer."""

_Projection = Callable[[Tensor], Tensor]
_Recurrence = Callable[[Tensor, Tensor, LstmState, Tensor], tuple[Tensor, LstmState]]


class LstmNetwork(Network):
    """One or more LSTM layers between an embedding and a dense layer."""

    def __init__(self, model: keras.Model) -> None:
        super().__init__(model)
        self._embedding, *inner, self._dense = model.layers
        self._recurrent = [layer for layer in inner if isinstance(layer, keras.layers.LSTM)]
        self._dropout = [layer.rate for layer in inner if isinstance(layer, keras.layers.Dropout)]

    @staticmethod
    def build_model(config: TrainingConfig, vocabulary_size: int) -> keras.Model:
        tokens = keras.Input((None,), dtype="int32", name="tokens")
        embedding = keras.layers.Embedding(vocabulary_size, config.embedding, name="embedding")
        recurrent = [
            layer for number in range(config.layers) for layer in _lstm_layers(config, number)
        ]
        logits = keras.layers.Dense(vocabulary_size, name="logits")
        return keras.Sequential([tokens, embedding, *recurrent, logits], name="tuneloom")

    def initial_state(self, batch_size: int) -> LstmStates:
        """Zeros, (batch, units) each."""
        shapes = [(batch_size, layer.units) for layer in self._recurrent]
        return tuple((tf.zeros(shape), tf.zeros(shape)) for shape in shapes)

    def dropout_masks(self, batch_size: int, seed: Tensor) -> DropoutMasks:
        """Masks of 0 or 1 / (1 - rate), one for all time steps of a batch.

        This is variational dropout (Gal and Ghahramani, 2016), and it costs next to nothing.
        """
        return tuple(
            tf.nn.experimental.stateless_dropout(
                tf.ones((batch_size, layer.units)),
                rate,
                tf.random.experimental.stateless_fold_in(seed, number),
            )
            for number, (layer, rate) in enumerate(zip(self._recurrent, self._dropout, strict=True))
        )

    def step(
        self, tokens: Tensor, state: LstmStates, masks: DropoutMasks = ()
    ) -> tuple[Tensor, LstmStates]:
        return self._run(step_lstm, self._projections(), tokens, state, masks)

    def unroll(
        self, tokens: Tensor, state: LstmStates, masks: DropoutMasks = ()
    ) -> tuple[Tensor, LstmStates]:
        return self._run(unroll_lstm, self._projections(), tokens, state, masks)

    def forward(self, tokens: Tensor, masks: DropoutMasks = ()) -> Tensor:
        """As the base class has it, through the Keras layers, which use cuDNN on a GPU."""
        inputs = self._embedding(tokens)
        for number, layer in enumerate(self._recurrent):
            inputs = layer(inputs)  # (batch, time, units)
            inputs = inputs * masks[number][:, None] if masks else inputs
        return self._dense(inputs)

    def decode_step(self) -> Callable[[Tensor, LstmStates], tuple[Tensor, LstmStates]]:
        projections = self._projections()
        return lambda tokens, state: self._run(step_lstm, projections, tokens, state)

    def _projections(self) -> list[_Projection]:
        """For each layer, the function from its inputs to gate inputs, (…, 4 * units).

        The inputs of the first layer are tokens: the embedding is multiplied into its kernel once.
        """
        first, *others = (layer.cell for layer in self._recurrent)
        table = _affine(first, tf.convert_to_tensor(self._embedding.embeddings))
        return [partial(tf.gather, table), *(partial(_affine, cell) for cell in others)]

    def _run(
        self,
        recurrence: _Recurrence,
        projections: list[_Projection],
        tokens: Tensor,
        states: LstmStates,
        masks: DropoutMasks = (),
    ) -> tuple[Tensor, LstmStates]:
        not_reset = tf.cast(tokens != BOUNDARY, tf.float32)[..., None]  # (…, 1)
        new_states, inputs = [], tokens
        for number, (layer, project, state) in enumerate(
            zip(self._recurrent, projections, states, strict=True)
        ):
            kernel = tf.convert_to_tensor(layer.cell.recurrent_kernel)
            inputs, state = recurrence(project(inputs), not_reset, state, kernel)  # (…, units)
            inputs = inputs * masks[number] if masks else inputs
            new_states.append(state)
        return self._dense(inputs), tuple(new_states)


def _lstm_layers(config: TrainingConfig, number: int) -> list[keras.Layer]:
    lstm = keras.layers.LSTM(config.units, return_sequences=True, name=f"lstm_{number + 1}")
    dropout = keras.layers.Dropout(
        config.dropout, noise_shape=(None, 1, config.units), name=f"dropout_{number + 1}"
    )
    return [lstm, dropout]


def _affine(cell: keras.layers.LSTMCell, inputs: Tensor) -> Tensor:
    return inputs @ cell.kernel + cell.bias
