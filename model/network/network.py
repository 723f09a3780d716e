"""The character network: embedding -> LSTM layers -> dense, all of Keras's own stock.

The Keras model holds the weights and is what is saved. What learns from windows and draws tunes
is the same mathematics through `model.lstm`, which is faster and knows where a tune begins.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.network.config import Config
from tuneloom.model.network.lstm import State, advance, recur
from tuneloom.model.runtime.backend import Tensor, keras, tf

__all__ = ["Masks", "Network", "States"]

States = tuple[State, ...]
"""One state for each layer."""
Masks = tuple[Tensor, ...]
"""For each layer what its outputs are multiplied by, (batch, units); or nothing at all."""

_Projection = Callable[[Tensor], Tensor]
_Layer = Callable[[Tensor, Tensor, State, Tensor], tuple[Tensor, State]]


class Network:
    """A Keras model, and the two ways to run it: over a window, and token by token."""

    def __init__(self, model: keras.Model) -> None:
        self.model = model
        self._embedding, *inner, self._dense = model.layers
        self._recurrent = [layer for layer in inner if isinstance(layer, keras.layers.LSTM)]
        self._dropout = [layer.rate for layer in inner if isinstance(layer, keras.layers.Dropout)]

    @classmethod
    def build(cls, config: Config, vocabulary_size: int) -> Network:
        """A network with fresh weights; sets the global seeds to the config's to draw them."""
        keras.utils.set_random_seed(config.seed)
        tokens = keras.Input((None,), dtype="int32", name="tokens")
        embedding = keras.layers.Embedding(vocabulary_size, config.embedding, name="embedding")
        recurrent = [
            layer for number in range(config.layers) for layer in _recurrent(config, number)
        ]
        logits = keras.layers.Dense(vocabulary_size, name="logits")
        return cls(keras.Sequential([tokens, embedding, *recurrent, logits], name="tuneloom"))

    @classmethod
    def load(cls, path: Path) -> Network:
        return cls(keras.models.load_model(path, compile=False))

    def fresh_states(self, batch: int) -> States:
        """The states before any tune: zeros, (batch, units) each."""
        shapes = [(batch, layer.units) for layer in self._recurrent]
        return tuple((tf.zeros(shape), tf.zeros(shape)) for shape in shapes)

    def dropout_masks(self, batch: int, seed: Tensor) -> Masks:
        """What the outputs of each layer are multiplied by to learn: 0 or 1 / (1 - rate).

        `seed`, (2,), decides them. A mask holds for all of a window: that costs next to nothing, and
        what a lane may not see is the same from step to step (Gal and Ghahramani, 2016).
        """
        return tuple(
            tf.nn.experimental.stateless_dropout(
                tf.ones((batch, layer.units)),
                rate,
                tf.random.experimental.stateless_fold_in(seed, number),
            )
            for number, (layer, rate) in enumerate(zip(self._recurrent, self._dropout, strict=True))
        )

    def over_window(
        self, tokens: Tensor, states: States, masks: Masks = ()
    ) -> tuple[Tensor, States]:
        """Tokens (time, batch) to the logits of those behind them, (time, batch, vocabulary)."""
        return self._run(recur, self._projections(), tokens, states, masks)

    def over_rows(self, tokens: Tensor, masks: Masks = ()) -> Tensor:
        """Tokens (batch, time), a tune a row, to logits (batch, time, vocabulary).

        Keras's own layers do it, and so cuDNN on a GPU.
        """
        inputs = self._embedding(tokens)
        for number, layer in enumerate(self._recurrent):
            inputs = layer(inputs)  # (batch, time, units)
            inputs = inputs * masks[number][:, None] if masks else inputs
        return self._dense(inputs)

    def stepper(self) -> Callable[[Tensor, States], tuple[Tensor, States]]:
        """A function of tokens (batch,) and states to logits (batch, vocabulary) and states."""
        projections = self._projections()
        return lambda tokens, states: self._run(advance, projections, tokens, states)

    def _projections(self) -> list[_Projection]:
        """For each layer, what turns its inputs into gate inputs, (…, 4 * units).

        The first one's inputs are tokens: the embedding is folded into its kernel, once for all.
        """
        first, *others = (layer.cell for layer in self._recurrent)
        table = _affine(first, tf.convert_to_tensor(self._embedding.embeddings))
        return [partial(tf.gather, table), *(partial(_affine, cell) for cell in others)]

    def _run(
        self,
        run: _Layer,
        projections: list[_Projection],
        tokens: Tensor,
        states: States,
        masks: Masks = (),
    ) -> tuple[Tensor, States]:
        keep = tf.cast(tokens != BOUNDARY, tf.float32)[..., None]  # (…, 1)
        after, inputs = [], tokens
        for number, (layer, project, state) in enumerate(
            zip(self._recurrent, projections, states, strict=True)
        ):
            kernel = tf.convert_to_tensor(layer.cell.recurrent_kernel)
            inputs, state = run(project(inputs), keep, state, kernel)  # (…, units)
            inputs = inputs * masks[number] if masks else inputs
            after.append(state)
        return self._dense(inputs), tuple(after)


def _recurrent(config: Config, number: int) -> list[keras.Layer]:
    lstm = keras.layers.LSTM(config.units, return_sequences=True, name=f"lstm_{number + 1}")
    dropout = keras.layers.Dropout(
        config.dropout, noise_shape=(None, 1, config.units), name=f"dropout_{number + 1}"
    )
    return [lstm, dropout]


def _affine(cell: keras.layers.LSTMCell, inputs: Tensor) -> Tensor:
    return inputs @ cell.kernel + cell.bias
