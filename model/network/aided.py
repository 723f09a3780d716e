"""The plain network, which also reads what follows from the text, and may repeat what stood before.

Aids (`tuneloom.model.aids`) come in two kinds. *Hints*, one-hot, are read with each token: the
features, and how long the match of each pointer is. *Pointers* each have a candidate for the next
token, and are mixed into the output as in pointer sentinel mixture models (Merity et al., 2016):

    p = g₀ softmax(logits) + Σ gₖ onehot(candidateₖ),    g = softmax(0, s₁, …, sₖ)

where the logits and the gate scores s come from the output of the last layer and the hints. A pointer
without a candidate has no part in it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.errors import UsageError
from tuneloom.model.aids.layout import RUN_BUCKETS, AidLayout
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.recurrence.cells import input_bias
from tuneloom.model.network.recurrent import PlainNetwork, recurrent_layers
from tuneloom.model.runtime.backend import Tensor, compile_graph, keras, tf

__all__ = ["NEVER", "AidedNetwork", "hints_of"]

NEVER = -1e9
"""A score that leaves nothing of its share."""
_TINY = 1e-37
"""Keeps the logarithm of a share finite."""


class AidedNetwork(PlainNetwork):
    """Recurrent layers that read tokens and hints, and gates that mix pointers into the output."""

    def __init__(self, model: keras.Model, config: TrainingConfig) -> None:
        super().__init__(model, config)
        self._layout = layout = AidLayout.of(self.aids)
        self._hint_logits = config.hint_logits
        self._hint_columns, self._hint_values = hints_of(layout)
        # Many small operations, each fused into one pass over memory.
        self._one_hot = compile_graph(self._one_hot_hints, fused=True)
        self._mixed_logits = compile_graph(_mixed_logits, fused=True)
        self._mixed_nats = compile_graph(_mixed_nats, fused=True)

    @staticmethod
    def aids_of(config: TrainingConfig) -> tuple[str, ...]:
        if not config.aids:
            raise UsageError("the network aided needs aids; the one without is plain")
        return config.aids

    @staticmethod
    def build_model(config: TrainingConfig, vocabulary_size: int) -> keras.Model:
        layout = AidLayout.of(AidedNetwork.aids_of(config))
        tokens = keras.Input((None,), dtype="int32", name="tokens")
        hints = keras.Input((None, len(hints_of(layout)[0])), name="hints")
        embedding = keras.layers.Embedding(vocabulary_size, config.embedding, name="embedding")
        projection = keras.layers.Dense(config.aid_embedding, use_bias=False, name="aid_embedding")
        join = keras.layers.Concatenate
        outputs = join(name="inputs")([embedding(tokens), projection(hints)])
        for layer in recurrent_layers(config):
            outputs = layer(outputs)
        logits = keras.layers.Dense(vocabulary_size, name="logits")(outputs)
        if config.hint_logits:
            from_hints = keras.layers.Dense(
                vocabulary_size, use_bias=False, kernel_initializer="zeros", name="hint_logits"
            )
            logits = keras.layers.Add(name="all_logits")([logits, from_hints(hints)])
        if not layout.pointers:
            return keras.Model([tokens, hints], logits, name="tuneloom")
        gates = keras.layers.Dense(layout.pointers, name="gates")
        gate_scores = gates(join(name="gate_inputs")([outputs, hints]))
        scores = join(name="scores")([logits, gate_scores])
        return keras.Model([tokens, hints], scores, name="tuneloom")

    def logits(self, scores: Tensor, inputs: NetworkInputs) -> Tensor:
        return self._mixed_logits(*self._split(scores), self._candidates(inputs))

    def nats(self, scores: Tensor, inputs: NetworkInputs, targets: Tensor) -> Tensor:
        logits, gate_scores = self._split(scores)
        own = -tf.nn.sparse_softmax_cross_entropy_with_logits(targets, logits)
        return self._mixed_nats(own, gate_scores, self._candidates(inputs), targets)

    def _split(self, scores: Tensor) -> tuple[Tensor, Tensor]:
        """The logits of the network's own choice, and the gate scores."""
        vocabulary = scores.shape[-1] - self._layout.pointers
        return scores[..., :vocabulary], scores[..., vocabulary:]

    def hints(self, inputs: NetworkInputs) -> Tensor:
        """The second input of the Keras model, (…, hints) float32."""
        return self._one_hot(inputs.aids)

    def _candidates(self, inputs: NetworkInputs) -> Tensor:
        return tf.cast(inputs.aids[..., self._layout.candidates], tf.int32)

    def _one_hot_hints(self, aids: Tensor) -> Tensor:
        """The hints, (…, hints) float32, from the columns of the aids, (…, width)."""
        values = tf.gather(tf.cast(aids, tf.int32), self._hint_columns, axis=-1)
        return tf.cast(values == self._hint_values, tf.float32)

    def _scoring_layers(self) -> list[keras.Layer]:
        names = ("logits", "hint_logits", "gates")
        return [each for each in self.model.layers if each.name in names]

    def _first_projection(self) -> Callable[[NetworkInputs], Tensor]:
        [layer, *_] = self._recurrent
        embeddings = self._token_embeddings()
        from_tokens, from_hints = tf.split(layer.cell.kernel, [embeddings.shape[1], -1])
        table = embeddings @ from_tokens + input_bias(layer)  # (vocabulary, gates * units)
        return lambda inputs: (
            tf.gather(table, inputs.tokens) + self._hint_embedding(inputs) @ from_hints
        )

    def _embedded(self, inputs: NetworkInputs) -> Tensor:
        return tf.concat([super()._embedded(inputs), self._hint_embedding(inputs)], axis=-1)

    def _hint_embedding(self, inputs: NetworkInputs) -> Tensor:
        return self.model.get_layer("aid_embedding")(self.hints(inputs))

    def _scores(self, outputs: Tensor, inputs: NetworkInputs) -> Tensor:
        hints = self.hints(inputs)
        logits = super()._scores(outputs, inputs)
        if self._hint_logits:
            logits += self.model.get_layer("hint_logits")(hints)
        if not self._layout.pointers:
            return logits
        gate_inputs = tf.concat([outputs, hints], axis=-1)
        return tf.concat([logits, self.model.get_layer("gates")(gate_inputs)], axis=-1)


def _mixed_logits(logits: Tensor, gate_scores: Tensor, candidates: Tensor) -> Tensor:
    """The logarithm of the mixture, (…, vocabulary)."""
    gates = tf.exp(_log_gates(gate_scores, candidates))
    pointed = gates[..., 1:, None] * tf.one_hot(candidates, logits.shape[-1])  # (…, K, vocabulary)
    mixed = gates[..., :1] * tf.nn.softmax(logits) + tf.reduce_sum(pointed, axis=-2)
    return tf.math.log(mixed + _TINY)


def _mixed_nats(own: Tensor, gate_scores: Tensor, candidates: Tensor, targets: Tensor) -> Tensor:
    """The cross-entropy of the targets, (…,), where `own` are their log-probabilities by the logits."""
    gates = _log_gates(gate_scores, candidates)
    # Where the target is a boundary, absent candidates are equal to it, but have no share.
    pointed = tf.where(candidates == targets[..., None], gates[..., 1:], NEVER)  # (…, K)
    parts = tf.concat([gates[..., :1] + own[..., None], pointed], axis=-1)
    return -tf.reduce_logsumexp(parts, axis=-1)


def _log_gates(gate_scores: Tensor, candidates: Tensor) -> Tensor:
    """The logarithms of the gates, (…, 1 + K): the network's own choice, then the pointers."""
    present = tf.where(candidates != 0, gate_scores, NEVER)
    own_first = [[0, 0]] * (len(present.shape) - 1) + [[1, 0]]
    return tf.nn.log_softmax(tf.pad(present, own_first))


def hints_of(layout: AidLayout) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """For each hint the column that it is in, and the value that the column then has."""
    features = list(enumerate(layout.feature_sizes))
    runs = [(column, RUN_BUCKETS) for column in range(layout.width)[layout.runs]]
    pairs = [(column, value) for column, size in features + runs for value in range(size)]
    columns, values = zip(*pairs, strict=True)
    return np.array(columns, np.int32), np.array(values, np.int32)
