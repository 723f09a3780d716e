"""The character network: embedding -> LSTM layers -> dense, all of Keras's own stock.

The Keras model holds the weights and is what is saved. What learns from windows and draws tunes
is the same mathematics through `model.lstm`, which is faster and knows where a tune begins.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from model.backend import Tensor, keras, tf
from model.config import Config
from model.lstm import State, advance, recur
from model.vocabulary import BOUNDARY

__all__ = ["Network", "States"]

States = tuple[State, ...]
"""One state for each layer."""

_Projection = Callable[[Tensor], Tensor]
_Layer = Callable[[Tensor, Tensor, State, Tensor], tuple[Tensor, State]]


class Network:
    """A Keras model, and the two ways to run it: over a window, and token by token."""

    def __init__(self, model: keras.Model) -> None:
        self.model = model
        self._embedding, *self._recurrent, self._dense = model.layers

    @classmethod
    def build(cls, config: Config, vocabulary_size: int) -> Network:
        """A network with fresh weights; sets the global seeds to the config's to draw them."""
        keras.utils.set_random_seed(config.seed)
        tokens = keras.Input((None,), dtype="int32", name="tokens")
        embedding = keras.layers.Embedding(vocabulary_size, config.embedding, name="embedding")
        recurrent = [
            keras.layers.LSTM(config.units, return_sequences=True, name=f"lstm_{number}")
            for number in range(1, config.layers + 1)
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

    def over_window(self, tokens: Tensor, states: States) -> tuple[Tensor, States]:
        """Tokens (time, batch) to the logits of those behind them, (time, batch, vocabulary)."""
        return self._run(recur, self._projections(), tokens, states)

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
        self, run: _Layer, projections: list[_Projection], tokens: Tensor, states: States
    ) -> tuple[Tensor, States]:
        keep = tf.cast(tokens != BOUNDARY, tf.float32)[..., None]  # (…, 1)
        after, inputs = [], tokens
        for layer, project, state in zip(self._recurrent, projections, states, strict=True):
            kernel = tf.convert_to_tensor(layer.cell.recurrent_kernel)
            inputs, state = run(project(inputs), keep, state, kernel)  # (…, units)
            after.append(state)
        return self._dense(inputs), tuple(after)


def _affine(cell: keras.layers.LSTMCell, inputs: Tensor) -> Tensor:
    return inputs @ cell.kernel + cell.bias
