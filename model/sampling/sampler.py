"""Drawing tunes from anything that gives logits: many at a time, and all of it inside the graph.

What a draw becomes depends on the seed, its number and the network. The lanes work on draws without
end and always all of them, however many are asked for, so that the first ten of two hundred are the ten.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.errors import UsageError
from tuneloom.model.constraints.constraint import Constraint
from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.runtime.backend import Tensor, graph, tf
from tuneloom.model.sampling.counter_rng import gumbel
from tuneloom.model.sampling.prompts import NO_OPENING, Openings
from tuneloom.model.sampling.token_choice import choose

__all__ = ["Drawer", "Drawn", "Sampler"]

Step = Callable[[Tensor, Any], tuple[Tensor, Any]]
"""Tokens (lanes,) and a state, any nest of tensors, to logits (lanes, vocabulary) and a state.

A boundary among the tokens begins a tune: for that lane the step starts from a fresh state.
"""

_CHUNK = 256
"""Steps in the graph before Python looks at what has been written, which is when Ctrl-C is heard."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One draw: its tokens, without boundaries, and whether it ended by itself.

    `cut` is in nats what a constraint has cut away: how much likelier the draw is than it would be
    without the constraint, as a logarithm; draws weighed by exp(-cut) are those of rejection.
    """

    tokens: NDArray[np.int32]
    finished: bool
    cut: float = 0.0


@dataclass(frozen=True, slots=True)
class Sampler:
    """How tunes are drawn."""

    temperature: float = 1.0
    """Logits are divided by it: below 1 the likely becomes likelier. More than 0."""
    seed: int = 0
    longest: int = 2048
    """Tokens, primer and boundary included, at which a draw is broken off."""
    top_p: float = 1.0
    """Only the likeliest tokens that together have this probability are drawn. More than 0."""
    lanes: int = 64
    """Tunes drawn side by side, which may round the network's logits otherwise: leave it alone."""

    def __post_init__(self) -> None:
        if not 0 < self.temperature < math.inf:
            raise UsageError(f"--temperature {self.temperature}: must be more than 0, such as 0.8")
        if not 0 < self.top_p <= 1:
            raise UsageError(
                f"--top-p {self.top_p}: must be more than 0 and at most 1, such as 0.9"
            )

    def draw(
        self,
        step: Step,
        states: Callable[[int], Any],
        draws: int,
        openings: Openings = NO_OPENING,
        constraint: Constraint | None = None,
    ) -> list[Drawn]:
        """Draw so many tunes, each from a boundary, through an opening, to its end.

        `states` makes the state of so many lanes; the openings are within the constraint, and short
        enough to be closed.
        """
        return Drawer(self, lambda: step, states, openings, constraint).draw(draws)


class Drawer:
    """What a sampler does, to be done again and again without building its graph anew.

    The step is made inside the graph, so that the weights it reads are those of the moment.
    """

    def __init__(
        self,
        sampler: Sampler,
        make_step: Callable[[], Step],
        states: Callable[[int], Any],
        openings: Openings = NO_OPENING,
        constraint: Constraint | None = None,
    ) -> None:
        self._sampler, self._make_step, self._states = sampler, make_step, states
        self._openings, self._constraint = openings, constraint
        self._pick, self._noise = graph(self._choose, fused=True), graph(gumbel, fused=True)
        self._advance = graph(self._write)

    def draw(self, draws: int) -> list[Drawn]:
        """The first draws, in order."""
        done: dict[int, Drawn] = {}
        for finished in self.finished(draws):
            done.update(finished)
        return [done[number] for number in range(draws)]

    def finished(self, draws: int) -> Iterator[dict[int, Drawn]]:
        """By their numbers, the draws that have come to an end since the last time.

        A lane whose tune has ended takes the next draw that no lane has begun; short tunes come
        early, but none is favoured.
        """
        lanes = _Lanes.begin(self._sampler.lanes)
        state = self._states(self._sampler.lanes)
        writing: dict[int, list[_Piece]] = {}
        while (lanes.owners.numpy() < draws).any():
            lanes, state, *histories = self._advance(lanes, state, tf.constant(draws))
            done: dict[int, Drawn] = {}
            for owner, piece in _by_owner(*(history.numpy() for history in histories)):
                pieces = writing.setdefault(owner, [])
                pieces.append(piece)
                if (drawn := self._drawn(pieces)) is not None:
                    del writing[owner]
                    done[owner] = drawn
            yield {owner: drawn for owner, drawn in done.items() if owner < draws}

    def _drawn(self, pieces: list[_Piece]) -> Drawn | None:
        """A draw from all that was written of it, or None if it goes on."""
        finished = bool(pieces[-1].tokens[-1] == BOUNDARY)
        if not finished and sum(len(piece.tokens) for piece in pieces) < self._sampler.longest:
            return None
        tokens = np.concatenate([piece.tokens for piece in pieces])
        cut = float(sum(piece.cuts.sum(dtype=np.float64) for piece in pieces))
        return Drawn(tokens[:-1] if finished else tokens, finished, cut)

    def _write(self, lanes: _Lanes, state: Any, draws: Tensor) -> tuple[Any, ...]:
        """So many steps, or until the draws are done: the lanes and their state behind them.

        And what was written at each time, to which draw it belongs and what was cut away, (time,
        lanes) each.
        """
        step, width = self._make_step(), self._sampler.lanes

        def one(t: Tensor, at: _Lanes, state: Any, *histories: Any) -> tuple[Any, ...]:
            states, allowed = self._follow(at)
            logits, state = step(at.tokens, state)  # (lanes, vocabulary)
            # As the mask, in an operation of its own, which does not wait for the logits.
            noise = self._noise(self._sampler.seed, at.owners, at.lengths, logits.shape[-1])
            new, cuts = self._pick(logits, noise, at.owners, at.lengths, allowed)
            written = (new, at.owners, cuts)
            histories = tuple(h.write(t, w) for h, w in zip(histories, written, strict=True))
            return t + 1, at.written(new, states, self._sampler.longest), state, *histories

        kept = (_history(kind, width) for kind in (tf.int32, tf.int32, tf.float32))
        _, lanes, state, *histories = tf.while_loop(
            lambda t, at, *_: (t < _CHUNK) & tf.reduce_any(at.owners < draws),
            one,
            (0, lanes, state, *kept),
        )
        return lanes, state, *(history.stack() for history in histories)

    def _follow(self, at: _Lanes) -> tuple[Tensor, Tensor | None]:
        """The states of the constraint behind what is written, and its mask, (lanes, vocabulary)."""
        if self._constraint is None:
            return at.states, None
        return self._constraint.step(at.states, at.tokens, self._sampler.longest - at.lengths)

    def _choose(
        self,
        logits: Tensor,
        noise: Tensor,
        owners: Tensor,
        lengths: Tensor,
        allowed: Tensor | None,
    ) -> tuple[Tensor, Tensor]:
        """For each lane the next token, and what was cut away for it."""
        settings = self._sampler
        drawn, cuts = choose(logits, noise, allowed, settings.temperature, settings.top_p)
        forced, primed = self._openings.forced(settings.seed, owners, lengths)
        return tf.where(forced, primed, drawn), tf.where(forced, 0.0, cuts)


class _Lanes(NamedTuple):
    """What the lanes are at: (lanes,) each, but for the number of draws begun."""

    tokens: Tensor  # the last one written; a boundary before a tune
    lengths: Tensor  # tokens written of the tune
    owners: Tensor  # the draw that the lane works on
    states: Tensor  # of the constraint, before that token
    begun: Tensor  # ()

    @classmethod
    def begin(cls, lanes: int) -> _Lanes:
        nothing = tf.zeros(lanes, tf.int32)
        states = tf.zeros(lanes, tf.int64)
        return cls(tf.fill([lanes], BOUNDARY), nothing, tf.range(lanes), states, tf.constant(lanes))

    def written(self, tokens: Tensor, states: Tensor, longest: int) -> _Lanes:
        """The lanes after these tokens: where a tune is done, the next draws begin, in order."""
        done = (tokens == BOUNDARY) | (self.lengths + 1 == longest)
        order = tf.cumsum(tf.cast(done, tf.int32))  # 1 for the first lane that is done, and so on
        return _Lanes(
            tf.where(done, BOUNDARY, tokens),
            tf.where(done, 0, self.lengths + 1),
            tf.where(done, self.begun + order - 1, self.owners),
            states,
            self.begun + order[-1],
        )


class _Piece(NamedTuple):
    """What was written of a draw in a chunk, (time,) each."""

    tokens: NDArray[np.int32]
    cuts: NDArray[np.float32]


def _history(kind: Any, lanes: int) -> Tensor:
    return tf.TensorArray(kind, size=0, dynamic_size=True, element_shape=(lanes,))


def _by_owner(
    tokens: NDArray[np.int32], owners: NDArray[np.int32], cuts: NDArray[np.float32]
) -> Iterator[tuple[int, _Piece]]:
    """The draws and what was written of each in the order of time, from (time, lanes) of all."""
    order = np.argsort(owners, axis=None, kind="stable")
    sorted_owners = owners.ravel()[order]
    begins = np.flatnonzero(np.diff(sorted_owners, prepend=-1))
    pieces = zip(
        np.split(tokens.ravel()[order], begins[1:]),
        np.split(cuts.ravel()[order], begins[1:]),
        strict=True,
    )
    for begin, piece in zip(begins, pieces, strict=True):
        yield int(sorted_owners[begin]), _Piece(*piece)
