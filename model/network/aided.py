"""The plain network, which also reads what follows from the text, and may repeat what stood before.

Aids (`tuneloom.model.aids`) come in two kinds. *Hints*, one-hot, are read with each token: the
features, and how long the match of each pointer is. *Pointers* each have a candidate for the next
token, and are mixed into the output as in pointer sentinel mixture models (Merity et al., 2016):

    p = g₀ softmax(logits) + Σ gₖ onehot(candidateₖ),    g = softmax(0, s₁, …, sₖ)

where the gate scores s come from the output of the last layer and the hints. A pointer without a
candidate has no part in it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.layout import RUN_BUCKETS, AidLayout
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.recurrent import PlainNetwork, recurrent_layers
from tuneloom.model.runtime.backend import Tensor, compile_graph, keras, tf

__all__ = ["AidedNetwork"]

_NEVER = -1e9
"""A score that leaves nothing of its share."""
_TINY = 1e-37
"""Keeps the logarithm of a share finite."""


class AidedNetwork(PlainNetwork):
    """LSTM layers that read tokens and hints, and gates that mix pointers into the output."""

    def __init__(self, model: keras.Model, config: TrainingConfig) -> None:
        super().__init__(model, config)
        self._layout = layout = AidLayout.of(self.aids)
        self._hint_columns, self._hint_values = _hints_of(layout)
        # An operation of its own: comparing and converting are one pass over memory.
        self._hints = compile_graph(self._one_hot_hints, fused=True)

    @staticmethod
    def aids_of(config: TrainingConfig) -> tuple[str, ...]:
        return config.aids

    @staticmethod
    def build_model(config: TrainingConfig, vocabulary_size: int) -> keras.Model:
        layout = AidLayout.of(config.aids)
        tokens = keras.Input((None,), dtype="int32", name="tokens")
        hints = keras.Input((None, len(_hints_of(layout)[0])), name="hints")
        embedding = keras.layers.Embedding(vocabulary_size, config.embedding, name="embedding")
        projection = keras.layers.Dense(config.aid_embedding, use_bias=False, name="aid_embedding")
        join = keras.layers.Concatenate
        outputs = join(name="inputs")([embedding(tokens), projection(hints)])
        for layer in recurrent_layers(config):
            outputs = layer(outputs)
        logits = keras.layers.Dense(vocabulary_size, name="logits")(outputs)
        gates = keras.layers.Dense(layout.pointers, name="gates")
        gate_scores = gates(join(name="gate_inputs")([outputs, hints]))
        scores = join(name="scores")([logits, gate_scores])
        return keras.Model([tokens, hints], scores, name="tuneloom")

    def logits(self, scores: Tensor, inputs: NetworkInputs) -> Tensor:
        logits, gates = self._split(scores, inputs)
        candidates = tf.one_hot(self._candidates(inputs), logits.shape[-1])  # (…, K, vocabulary)
        own, pointed = tf.exp(gates[..., :1]), tf.exp(gates[..., 1:, None])
        mixed = own * tf.nn.softmax(logits) + tf.reduce_sum(pointed * candidates, axis=-2)
        return tf.math.log(mixed + _TINY)

    def nats(self, scores: Tensor, inputs: NetworkInputs, targets: Tensor) -> Tensor:
        logits, gates = self._split(scores, inputs)
        own = -tf.nn.sparse_softmax_cross_entropy_with_logits(targets, logits)
        # Where the target is a boundary, absent candidates are equal to it, but have no share.
        hits = self._candidates(inputs) == targets[..., None]  # (…, K)
        pointed = tf.where(hits, gates[..., 1:], _NEVER)
        return -tf.reduce_logsumexp(
            tf.concat([gates[..., :1] + own[..., None], pointed], axis=-1), axis=-1
        )

    def _split(self, scores: Tensor, inputs: NetworkInputs) -> tuple[Tensor, Tensor]:
        """The logits of the network's own choice, and the logarithms of the gates, (…, 1 + K)."""
        logits, gate_scores = tf.split(
            scores, [scores.shape[-1] - self._layout.pointers, self._layout.pointers], axis=-1
        )
        there = self._candidates(inputs) != 0
        present = tf.where(there, gate_scores, _NEVER)
        all_scores = tf.concat([tf.zeros_like(present[..., :1]), present], axis=-1)
        return logits, tf.nn.log_softmax(all_scores)

    def _candidates(self, inputs: NetworkInputs) -> Tensor:
        first = len(self._layout.feature_sizes)
        return tf.cast(inputs.aids[..., first : first + self._layout.pointers], tf.int32)

    def _one_hot_hints(self, aids: Tensor) -> Tensor:
        """The hints, (…, hints) float32, from the columns of the aids, (…, width)."""
        values = tf.gather(tf.cast(aids, tf.int32), self._hint_columns, axis=-1)
        return tf.cast(values == self._hint_values, tf.float32)

    def _first_projection(self) -> Callable[[NetworkInputs], Tensor]:
        cell = self._recurrent[0].cell
        embeddings = self._token_embeddings()
        from_tokens, from_hints = tf.split(cell.kernel, [embeddings.shape[1], -1])
        table = embeddings @ from_tokens + cell.bias  # (vocabulary, 4 * units)
        return lambda inputs: (
            tf.gather(table, inputs.tokens) + self._hint_embedding(inputs) @ from_hints
        )

    def _embedded(self, inputs: NetworkInputs) -> Tensor:
        return tf.concat([super()._embedded(inputs), self._hint_embedding(inputs)], axis=-1)

    def _hint_embedding(self, inputs: NetworkInputs) -> Tensor:
        return self.model.get_layer("aid_embedding")(self._hints(inputs.aids))

    def _scores(self, outputs: Tensor, inputs: NetworkInputs) -> Tensor:
        gate_inputs = tf.concat([outputs, self._hints(inputs.aids)], axis=-1)
        return tf.concat(
            [super()._scores(outputs, inputs), self.model.get_layer("gates")(gate_inputs)], axis=-1
        )


def _hints_of(layout: AidLayout) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """For each hint the column that it is in, and the value of the column that it stands for."""
    features = list(enumerate(layout.feature_sizes))
    first_run = len(features) + layout.pointers
    runs = [(column, RUN_BUCKETS) for column in range(first_run, first_run + layout.pointers)]
    pairs = [(column, value) for column, size in features + runs for value in range(size)]
    columns, values = zip(*pairs, strict=True)
    return np.array(columns, np.int32), np.array(values, np.int32)
