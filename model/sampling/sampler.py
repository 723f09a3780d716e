"""Sampling tunes from any function that gives logits, many in parallel and inside one graph.

A tune depends only on the seed, its number and the network. The rows of the batch are refilled without
end and all stay busy, however many tunes are asked for: the first ten of two hundred are the ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.reader import AidReader
from tuneloom.model.constraints.constraint import Constraint
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary
from tuneloom.model.network.network import Network
from tuneloom.model.runtime.backend import Tensor, compile_graph, tf
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.counter_rng import gumbel_noise
from tuneloom.model.sampling.prompts import NO_PROMPT, Prompts
from tuneloom.model.sampling.token_choice import sample_token

__all__ = ["ConstraintUse", "DecodeStep", "SampledTokens", "Sampler", "StreamedTokens"]

DecodeStep = Callable[[NetworkInputs, Any], tuple[Tensor, Any]]
"""From inputs (batch,) and a state, any nest of tensors, to logits (batch, vocabulary) and a new state.

A boundary among the tokens begins a tune: the step resets the state of that row.
"""

ConstraintUse = Literal["mask", "reject"]
"""Whether forbidden tokens cannot be sampled, or a draw ends with the first that is.

A draw that ends so has infinite `mask_nats`. The others are what free draws with the same seed are.
"""

_CHUNK_STEPS = 256
"""Steps in the graph before control returns to Python, which can then act on Ctrl-C."""
_MANY_TUNES, _MANY_BATCHES = 2000, 4
"""From so many tunes on, so many batches step together, so that Python is called once for all of them."""
_ANY_LENGTH = 1 << 20
"""More tokens than any tune has."""


@dataclass(frozen=True, slots=True)
class SampledTokens:
    """The tokens of a tune, without boundaries, and whether it ended before the maximum length.

    `mask_nats` is how much likelier the constraint made the tune, as a logarithm: weighted by
    exp(-mask_nats), tunes are distributed as with rejection sampling.
    """

    tokens: NDArray[np.int32]
    finished: bool
    mask_nats: float = 0.0


@dataclass(frozen=True, slots=True)
class StreamedTokens:
    """The next tokens of the tune with this number, from 0, whether it ends with them, and as it should."""

    draw: int
    tokens: NDArray[np.int32]
    has_ended: bool
    finished: bool


class Sampler:
    """Samples tunes as often as wanted, building its graph once.

    `make_step` is called inside the graph, so that it reads the network's current weights.
    `initial_state` gives the state for a batch size, and `new_reader` what reads its aids; None for a
    network without. Of the tunes, `metrical_share` are asked to be metrical, if the network knows levels.
    The constraint must allow each of the prompts and be able to end them within the maximum length. A
    sampler serves one call at a time.
    """

    def __init__(
        self,
        config: SamplingConfig,
        make_step: Callable[[], DecodeStep],
        initial_state: Callable[[int], Any],
        prompts: Prompts = NO_PROMPT,
        constraint: Constraint | None = None,
        use: ConstraintUse = "mask",
        new_reader: Callable[[int], AidReader] | None = None,
        metrical_share: float = 1.0,
    ) -> None:
        self._config, self._make_step, self._initial_state = config, make_step, initial_state
        self._prompts, self._constraint, self._use = prompts, constraint, use
        self._new_reader, self._metrical_share = new_reader, metrical_share
        self._reader: AidReader | None = None
        self._choose = compile_graph(self._choose_tokens, fused=True)
        self._noise = compile_graph(gumbel_noise, fused=True)
        self._run_chunk = compile_graph(self._sample_chunk)

    @classmethod
    def of(
        cls,
        network: Network,
        vocabulary: Vocabulary,
        config: SamplingConfig,
        prompts: Prompts = NO_PROMPT,
        constraint: Constraint | None = None,
        use: ConstraintUse = "mask",
        metrical_share: float = 1.0,
    ) -> Sampler:
        """A sampler of a network that reads the tokens of a vocabulary."""
        new_reader = None
        if network.aids:
            new_reader = partial(
                AidReader, network.aids, vocabulary, in_one_tonic=network.in_one_tonic
            )
        step, state = network.decode_step, network.initial_state
        return cls(config, step, state, prompts, constraint, use, new_reader, metrical_share)

    def sample(self, count: int) -> list[SampledTokens]:
        """The first `count` tunes, in order."""
        found: dict[int, SampledTokens] = {}
        for finished in self.finished(count):
            found.update(finished)
        return [found[number] for number in range(count)]

    def finished(
        self, count: int, expected: int | None = None
    ) -> Iterator[dict[int, SampledTokens]]:
        """Yield the tunes that have ended since the last time, by number, until all `count` have.

        A row whose tune has ended goes on with the next tune not yet begun. Short tunes come out early,
        but no tune is favored. `expected` is how many will be taken, if not all.
        """
        unfinished: dict[int, list[_Fragment]] = {}
        are_many = (count if expected is None else expected) >= _MANY_TUNES
        for chunk in self._chunks(count, _CHUNK_STEPS, _MANY_BATCHES if are_many else 1):
            found: dict[int, SampledTokens] = {}
            for draw, fragment in chunk:
                fragments = unfinished.setdefault(draw, [])
                fragments.append(fragment)
                if (sampled := self._join(fragments)) is not None:
                    del unfinished[draw]
                    found[draw] = sampled
            yield {draw: sampled for draw, sampled in found.items() if draw < count}

    def streamed(self, count: int) -> Iterator[StreamedTokens]:
        """Yield the tokens of the same tunes as they are sampled, one tune after the other.

        The rows write many tunes at once, so the tokens of a later tune may all be there when its turn comes.
        """
        waiting: dict[int, list[NDArray[np.int32]]] = {}
        draw = length = 0
        for chunk in self._chunks(count, 1):
            for number, fragment in chunk:
                waiting.setdefault(number, []).append(fragment.tokens)
            while draw < count and draw in waiting:
                tokens = np.concatenate(waiting.pop(draw))
                length += len(tokens)
                finished = bool(tokens[-1] == BOUNDARY)
                has_ended = finished or length >= self._config.max_length
                yield StreamedTokens(draw, tokens[: len(tokens) - finished], has_ended, finished)
                if not has_ended:
                    break
                draw, length = draw + 1, 0

    def _chunks(
        self, count: int, steps: int, batches: int = 1
    ) -> Iterator[list[tuple[int, _Fragment]]]:
        """What each chunk of so many steps of so many batches writes, until the first tunes have ended."""
        rows = _BatchRows.begin(batches * self._config.batch_size)
        states = tuple(self._initial_state(self._config.batch_size) for _ in range(batches))
        self._reader = self._new_reader and self._new_reader(batches * self._config.batch_size)
        while (rows.draws.numpy() < count).any():
            rows, states, *history = self._run_chunk(
                rows, states, tf.constant(count), tf.constant(steps)
            )
            yield list(_by_draw(*(array.numpy() for array in history)))

    def _join(self, fragments: list[_Fragment]) -> SampledTokens | None:
        """A tune from its fragments, or None if it has not ended."""
        finished = bool(fragments[-1].tokens[-1] == BOUNDARY)
        length = sum(len(fragment.tokens) for fragment in fragments)
        if not finished and length < self._config.max_length:
            return None
        tokens = np.concatenate([fragment.tokens for fragment in fragments])
        mask_nats = float(sum(fragment.costs.sum(dtype=np.float64) for fragment in fragments))
        return SampledTokens(tokens[:-1] if finished else tokens, finished, mask_nats)

    def _sample_chunk(
        self, rows: _BatchRows, states: Any, count: Tensor, steps: Tensor
    ) -> tuple[Any, ...]:
        """Up to so many steps: the rows, the network's state of each batch, and the history of the chunk.

        The history is the tokens written, the draws that they belong to and the costs of the mask,
        (time, rows) each. The rows are those of one batch or more. The network steps each batch by itself,
        so that its sums are rounded as if it were alone.
        """
        step = self._make_step()

        def body(t: Tensor, rows: _BatchRows, states: Any, *history: Any) -> tuple[Any, ...]:
            constraint_states, allowed = self._mask(rows)
            inputs = self._inputs(rows)
            batches = []
            for number, state in enumerate(states):
                first = number * self._config.batch_size
                part = slice(first, first + self._config.batch_size)
                batches.append(self._step_batch(step, part, inputs, state, rows, allowed))
            tokens, costs, states = zip(*batches, strict=True)
            tokens, costs = tf.concat(tokens, axis=0), tf.concat(costs, axis=0)
            written = (tokens, rows.draws, costs)
            history = tuple(h.write(t, w) for h, w in zip(history, written, strict=True))
            rows = rows.written(tokens, constraint_states, self._config.max_length)
            return t + 1, rows, states, *history

        width = rows.tokens.shape[0]
        history = (_dynamic_array(kind, width) for kind in (tf.int32, tf.int32, tf.float32))
        _, rows, states, *history = tf.while_loop(
            lambda t, rows, *_: (t < steps) & tf.reduce_any(rows.draws < count),
            body,
            (0, rows, states, *history),
        )
        return rows, states, *(array.stack() for array in history)

    def _step_batch(
        self,
        step: DecodeStep,
        part: slice,
        inputs: NetworkInputs,
        state: Any,
        rows: _BatchRows,
        allowed: Tensor | None,
    ) -> tuple[Tensor, Tensor, Any]:
        """The next tokens of the rows of a batch, the costs of the mask, and the network's new state."""
        logits, state = step(NetworkInputs(inputs.tokens[part], inputs.aids[part]), state)
        draws, lengths = rows.draws[part], rows.lengths[part]
        # As the mask, in an operation of its own, which does not wait for the logits.
        noise = self._noise(self._config.seed, draws, lengths, logits.shape[-1])
        mask = None if allowed is None else allowed[part]
        return *self._choose(logits, noise, draws, lengths, mask), state

    def _inputs(self, rows: _BatchRows) -> NetworkInputs:
        """The last tokens, with what follows from the texts that they belong to."""
        if self._reader is None:
            return NetworkInputs.of(rows.tokens)
        # A call of its own runs beside the recurrence, which does not wait for the aids.
        aids = tf.numpy_function(
            self._read, [rows.tokens, rows.draws], tf.as_dtype(self._reader.dtype)
        )
        return NetworkInputs(rows.tokens, tf.ensure_shape(aids, self._reader.shape))

    def _read(self, tokens: NDArray[np.int32], draws: NDArray[np.int32]) -> NDArray[Any]:
        assert self._reader is not None
        if self._metrical_share < 1 and (begun := np.flatnonzero(tokens == BOUNDARY)).size:
            self._reader.tell_level(begun, self._are_asked_to_be_metrical(draws[begun]))
        return self._reader.advance(tokens)

    def _are_asked_to_be_metrical(self, draws: NDArray[np.int32]) -> NDArray[np.bool_]:
        seeds = ([self._config.seed, draw] for draw in draws.tolist())
        drawn = np.array([np.random.default_rng(seed).random() for seed in seeds])
        return drawn < self._metrical_share

    def _mask(self, rows: _BatchRows) -> tuple[Tensor, Tensor | None]:
        """The constraint's states after the last tokens, and the tokens it allows, (batch, vocabulary)."""
        if self._constraint is None:
            return rows.constraint_states, None
        left = self._config.max_length - rows.lengths
        if self._use == "reject":
            # Near the limit a constraint may forbid more than it has to.
            left = tf.fill(tf.shape(left), _ANY_LENGTH)
        return self._constraint.step(rows.constraint_states, rows.tokens, left)

    def _choose_tokens(
        self,
        logits: Tensor,
        noise: Tensor,
        draws: Tensor,
        lengths: Tensor,
        allowed: Tensor | None,
    ) -> tuple[Tensor, Tensor]:
        """The next token of each row, sampled or from its prompt, and the cost of the mask."""
        config = self._config
        mask = allowed if self._use == "mask" else None
        sampled, costs = sample_token(logits, noise, mask, config.temperature, config.top_p)
        if self._use == "reject" and allowed is not None:
            kept = tf.gather(allowed, sampled, batch_dims=1)
            sampled, costs = tf.where(kept, sampled, BOUNDARY), tf.where(kept, 0.0, float("inf"))
        forced, prompt = self._prompts.forced(config.seed, draws, lengths)
        return tf.where(forced, prompt, sampled), tf.where(forced, 0.0, costs)


class _BatchRows(NamedTuple):
    """The tunes being written in the rows of all batches, (rows,) each except `begun`."""

    tokens: Tensor  # the last one written; a boundary before a tune
    lengths: Tensor  # tokens written so far
    draws: Tensor  # the number of the tune
    constraint_states: Tensor  # before the last token
    begun: Tensor  # (), the number of tunes begun in all rows

    @classmethod
    def begin(cls, size: int) -> _BatchRows:
        return cls(
            tokens=tf.fill([size], BOUNDARY),
            lengths=tf.zeros(size, tf.int32),
            draws=tf.range(size),
            constraint_states=tf.zeros(size, tf.int64),
            begun=tf.constant(size),
        )

    def written(self, tokens: Tensor, constraint_states: Tensor, max_length: int) -> _BatchRows:
        """The rows after writing these tokens; where a tune has ended, the next one begins."""
        ended = (tokens == BOUNDARY) | (self.lengths + 1 == max_length)
        order = tf.cumsum(tf.cast(ended, tf.int32))  # 1 for the first row that ended, and so on
        return _BatchRows(
            tokens=tf.where(ended, BOUNDARY, tokens),
            lengths=tf.where(ended, 0, self.lengths + 1),
            draws=tf.where(ended, self.begun + order - 1, self.draws),
            constraint_states=constraint_states,
            begun=self.begun + order[-1],
        )


class _Fragment(NamedTuple):
    """What a chunk wrote of a tune, (time,) each."""

    tokens: NDArray[np.int32]
    costs: NDArray[np.float32]


def _dynamic_array(kind: Any, width: int) -> Tensor:
    return tf.TensorArray(kind, size=0, dynamic_size=True, element_shape=(width,))


def _by_draw(
    tokens: NDArray[np.int32], draws: NDArray[np.int32], costs: NDArray[np.float32]
) -> Iterator[tuple[int, _Fragment]]:
    """The fragment of each tune in a chunk's history, (time, batch) each."""
    order = np.argsort(draws, axis=None, kind="stable")
    sorted_draws = draws.ravel()[order]
    starts = np.flatnonzero(np.diff(sorted_draws, prepend=-1))
    fragments = zip(
        np.split(tokens.ravel()[order], starts[1:]),
        np.split(costs.ravel()[order], starts[1:]),
        strict=True,
    )
    for start, fragment in zip(starts, fragments, strict=True):
        yield int(sorted_draws[start]), _Fragment(*fragment)
