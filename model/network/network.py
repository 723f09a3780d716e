"""The interface of a network architecture.

The Keras model holds the weights and is what is saved. A network runs it in three ways: `unroll` for
training on packed tunes, `forward` for training on padded ones and `decode_step` for sampling. All
three follow from `initial_state` and `step`, and an architecture may override them to be faster.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar, Self

from tuneloom.grammar.errors import UsageError
from tuneloom.model.aids.columns import aid_columns
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.spelling import Spelling
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary
from tuneloom.model.network.config import Precision, TrainingConfig
from tuneloom.model.runtime.backend import Tensor, keras, tf

__all__ = ["DropoutMasks", "Network", "NetworkState"]

NetworkState = Any
"""Any nest of tensors whose first axis is the batch."""
DropoutMasks = tuple[Tensor, ...]
"""For each layer the factors of its outputs, (batch, units); empty for no dropout."""


class Network(ABC):
    """A Keras model that predicts the next token, and the ways to run it.

    A subclass defines `build_model`, `initial_state` and `step`, and is registered in
    `tuneloom.model.network.catalogue`. What its model puts out are *scores*: logits, unless it says
    otherwise in `logits` and `nats`. It reads `aids`, by name, beside the tokens; none by default. What they
    follow from are tunes in their own keys, or with their music `in_one_tonic`.
    """

    def __init__(self, model: keras.Model, config: TrainingConfig) -> None:
        self.model = model
        self.aids = self.aids_of(config)
        self.in_one_tonic = Spelling.of(config.keys).in_one_tonic

    @staticmethod
    def aids_of(config: TrainingConfig) -> tuple[str, ...]:
        """The names of the aids that a network with these settings reads."""
        del config
        return ()

    def with_aids(self, tunes: TokenizedTunes, vocabulary: Vocabulary) -> TokenizedTunes:
        """The tunes with the aids that this network reads beside them."""
        return tunes.with_aids(
            aid_columns(self.aids, vocabulary, tunes, in_one_tonic=self.in_one_tonic)
        )

    @property
    def knows_levels(self) -> bool:
        """Whether it was told which tunes are metrical, and can be asked for them."""
        return "level" in self.aids

    @staticmethod
    @abstractmethod
    def build_model(config: TrainingConfig, vocabulary_size: int) -> keras.Model:
        """A model from tokens (batch, time) to scores (batch, time, …), with new weights."""

    precisions: ClassVar[tuple[Precision, ...]] = ("float32",)
    """Those that `at_precision` knows."""

    def at_precision(self, precision: Precision) -> Self:
        """A network over the same weights, whose recurrent layers multiply in this precision in `unroll`.

        Raises:
            UsageError: this architecture computes in float32 alone, as it does by default.
        """
        if precision not in self.precisions:
            raise UsageError(f"this network cannot be trained in {precision}; leave out precision")
        return self

    @abstractmethod
    def initial_state(self, batch_size: int) -> NetworkState:
        """The state at the beginning of a tune."""

    @abstractmethod
    def step(
        self, inputs: NetworkInputs, state: NetworkState, masks: DropoutMasks = ()
    ) -> tuple[Tensor, NetworkState]:
        """Scores (batch, …) after a token in each row, (batch,), and the new state.

        The caller resets the state where a tune begins.
        """

    def logits(self, scores: Tensor, inputs: NetworkInputs) -> Tensor:
        """The logits of the next token, (…, vocabulary), from the scores after some inputs."""
        del inputs
        return scores

    def nats(self, scores: Tensor, inputs: NetworkInputs, targets: Tensor) -> Tensor:
        """The cross-entropy of the next tokens, (…,), given the scores after some inputs."""
        return tf.nn.sparse_softmax_cross_entropy_with_logits(targets, self.logits(scores, inputs))

    def decaying_weights(self) -> list[keras.Variable]:
        """The weights that weight decay acts on, which are all matrices by default."""
        return [each for each in self.model.trainable_variables if len(each.shape) > 1]

    def dropout_masks(self, batch_size: int, seed: Tensor) -> DropoutMasks:
        """The masks for one training step, determined by `seed`, (2,) int32. None by default."""
        del batch_size, seed
        return ()

    def unroll(
        self, inputs: NetworkInputs, state: NetworkState, masks: DropoutMasks = ()
    ) -> tuple[Tensor, NetworkState]:
        """Scores (time, batch, …) after each of the inputs, (time, batch), and the final state.

        A boundary among the tokens resets the state of its row.
        """
        steps = tf.shape(inputs.tokens)[0]

        def body(t: Tensor, state: NetworkState, scores: Tensor) -> tuple[Tensor, ...]:
            now = NetworkInputs(inputs.tokens[t], inputs.aids[t])
            step_scores, state = self._reset_and_step(now, state, masks)
            return t + 1, state, scores.write(t, step_scores)

        _, state, scores = tf.while_loop(
            lambda t, *_: t < steps, body, (0, state, tf.TensorArray(tf.float32, size=steps))
        )
        return scores.stack(), state

    def forward(self, inputs: NetworkInputs, masks: DropoutMasks = ()) -> Tensor:
        """Scores (batch, time, …) after each of the inputs, (batch, time), a tune in each row."""
        state = self.initial_state(inputs.tokens.shape[0])
        by_time = NetworkInputs(tf.transpose(inputs.tokens), tf.transpose(inputs.aids, [1, 0, 2]))
        scores, _ = self.unroll(by_time, state, masks)
        return tf.transpose(scores, [1, 0, 2])

    def decode_step(self) -> Callable[[NetworkInputs, NetworkState], tuple[Tensor, NetworkState]]:
        """A function from inputs (batch,) and a state to logits (batch, vocabulary) and a new state.

        It resets the state at boundaries, and serves many calls with these weights.
        """

        def step(inputs: NetworkInputs, state: NetworkState) -> tuple[Tensor, NetworkState]:
            scores, state = self._reset_and_step(inputs, state)
            return self.logits(scores, inputs), state

        return step

    def _reset_and_step(
        self, inputs: NetworkInputs, state: NetworkState, masks: DropoutMasks = ()
    ) -> tuple[Tensor, NetworkState]:
        fresh = self.initial_state(inputs.tokens.shape[0])

        def reset(old: Tensor, new: Tensor) -> Tensor:
            begins = tf.reshape(inputs.tokens == BOUNDARY, [-1] + [1] * (len(old.shape) - 1))
            return tf.where(begins, new, old)

        return self.step(inputs, tf.nest.map_structure(reset, state, fresh), masks)
