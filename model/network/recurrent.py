"""The plain network: an embedding, recurrent layers and a dense layer, all stock Keras layers.

`unroll` and `decode_step` compute what the Keras model does, but through the recurrences of `CELLS`, which
are faster on a CPU and reset the state at boundaries.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Self

from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.network.config import Precision, TrainingConfig
from tuneloom.model.network.network import DropoutMasks, Network
from tuneloom.model.network.recurrence.cells import (
    CELLS,
    CellState,
    Recurrence,
    input_bias,
    recurrent_weights,
)
from tuneloom.model.network.recurrence.product import matrix_product
from tuneloom.model.runtime.backend import Tensor, keras, tf

__all__ = ["LayerStates", "PlainNetwork", "recurrent_layers"]

LayerStates = tuple[CellState, ...]
"""The state of each layer."""

_FirstProjection = Callable[[NetworkInputs], Tensor]


class PlainNetwork(Network):
    """One or more recurrent layers between an embedding and a dense layer."""

    def __init__(self, model: keras.Model, config: TrainingConfig) -> None:
        super().__init__(model, config)
        self._cell = CELLS[config.cell]
        self._recurrent = [each for each in model.layers if isinstance(each, self._cell.layer)]
        self._dropout = [
            each.rate for each in model.layers if isinstance(each, keras.layers.Dropout)
        ]
        self._operand_type = tf.float32

    @staticmethod
    def build_model(config: TrainingConfig, vocabulary_size: int) -> keras.Model:
        tokens = keras.Input((None,), dtype="int32", name="tokens")
        embedding = keras.layers.Embedding(vocabulary_size, config.embedding, name="embedding")
        logits = keras.layers.Dense(vocabulary_size, name="logits")
        layers = [tokens, embedding, *recurrent_layers(config), logits]
        return keras.Sequential(layers, name="tuneloom")

    precisions = ("float32", "bfloat16")

    def at_precision(self, precision: Precision) -> Self:
        rounded = copy(self)
        rounded._operand_type = tf.as_dtype(precision)
        return rounded

    def decaying_weights(self) -> list[keras.Variable]:
        """The matrices up to and in the recurrent layers.

        The weights after those may grow large, as the rules of ABC are sharp: few tokens can follow a `>`.
        """
        scoring = {id(each) for layer in self._scoring_layers() for each in layer.weights}
        return [each for each in super().decaying_weights() if id(each) not in scoring]

    def _scoring_layers(self) -> list[keras.Layer]:
        """The layers after the recurrent ones."""
        return [self.model.get_layer("logits")]

    def initial_state(self, batch_size: int) -> LayerStates:
        """Zeros, (batch, units) each."""
        return tuple(self._cell.zero_state(batch_size, layer.units) for layer in self._recurrent)

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
        self, inputs: NetworkInputs, state: LayerStates, masks: DropoutMasks = ()
    ) -> tuple[Tensor, LayerStates]:
        return self._run(self._cell.step, self._first_projection(), inputs, state, masks)

    def unroll(
        self, inputs: NetworkInputs, state: LayerStates, masks: DropoutMasks = ()
    ) -> tuple[Tensor, LayerStates]:
        return self._run(self._cell.unroll, self._first_projection(), inputs, state, masks)

    def forward(self, inputs: NetworkInputs, masks: DropoutMasks = ()) -> Tensor:
        """As the base class has it, through the Keras layers, which use cuDNN on a GPU."""
        outputs = self._embedded(inputs)
        for number, layer in enumerate(self._recurrent):
            outputs = layer(outputs)  # (batch, time, units)
            outputs = outputs * masks[number][:, None] if masks else outputs
        return self._scores(outputs, inputs)

    def decode_step(self) -> Callable[[NetworkInputs, LayerStates], tuple[Tensor, LayerStates]]:
        first = self._first_projection()

        def step(inputs: NetworkInputs, state: LayerStates) -> tuple[Tensor, LayerStates]:
            scores, state = self._run(self._cell.step, first, inputs, state)
            return self.logits(scores, inputs), state

        return step

    def _first_projection(self) -> _FirstProjection:
        """The function from inputs to gate inputs of the first layer, (…, gates * units).

        The embedding is multiplied into its kernel once, so that a token is a row of a table.
        """
        table = _affine(self._recurrent[0], self._token_embeddings())
        return lambda inputs: tf.gather(table, inputs.tokens)

    def _token_embeddings(self) -> Tensor:
        """The embedding of each token, (vocabulary, embedding)."""
        return tf.convert_to_tensor(self.model.get_layer("embedding").embeddings)

    def _embedded(self, inputs: NetworkInputs) -> Tensor:
        """What the first layer reads, (…, embedding)."""
        return self.model.get_layer("embedding")(inputs.tokens)

    def _scores(self, outputs: Tensor, inputs: NetworkInputs) -> Tensor:
        """The scores, (…, vocabulary), from the outputs of the last layer, (…, units)."""
        del inputs
        return self.model.get_layer("logits")(outputs)

    def _run(
        self,
        recurrence: Recurrence,
        first: _FirstProjection,
        inputs: NetworkInputs,
        states: LayerStates,
        masks: DropoutMasks = (),
    ) -> tuple[Tensor, LayerStates]:
        not_reset = tf.cast(inputs.tokens != BOUNDARY, tf.float32)[..., None]  # (…, 1)
        layers = self._recurrent
        projected, new_states = first(inputs), []
        for number, (layer, state) in enumerate(zip(layers, states, strict=True)):
            kernel, *biases = recurrent_weights(layer)
            kernel = tf.cast(kernel, self._operand_type)
            outputs, state = recurrence(projected, not_reset, state, kernel, *biases)  # (…, units)
            outputs = outputs * masks[number] if masks else outputs
            new_states.append(state)
            if number + 1 < len(layers):
                projected = _affine(layers[number + 1], outputs, self._operand_type)
        return self._scores(outputs, inputs), tuple(new_states)


def recurrent_layers(config: TrainingConfig) -> list[keras.Layer]:
    """The recurrent layers with these settings, each followed by dropout of its outputs."""
    return [
        layer
        for number in range(1, config.layers + 1)
        for layer in (
            CELLS[config.cell].layer(
                config.units, return_sequences=True, name=f"{config.cell}_{number}"
            ),
            keras.layers.Dropout(
                config.dropout, noise_shape=(None, 1, config.units), name=f"dropout_{number}"
            ),
        )
    ]


def _affine(layer: keras.layers.RNN, inputs: Tensor, operand_type: tf.DType = tf.float32) -> Tensor:
    kernel = tf.cast(layer.cell.kernel, operand_type)
    return matrix_product(inputs, kernel) + input_bias(layer)
