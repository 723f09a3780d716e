"""Drawing tunes from anything that gives logits: many at a time, and all of it inside the graph."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from grammar.errors import UsageError
from model.backend import Tensor, graph, tf
from model.vocabulary import BOUNDARY

__all__ = ["Drawn", "Sampler"]

Step = Callable[[Tensor, Any], tuple[Tensor, Any]]
"""Tokens (lanes,) and a state, any nest of tensors, to logits (lanes, vocabulary) and a state.

A boundary among the tokens begins a tune: for that lane the step starts from a fresh state.
"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One draw: its tokens, without boundaries, and whether it ended by itself."""

    tokens: NDArray[np.int32]
    finished: bool


@dataclass(frozen=True, slots=True)
class Sampler:
    """How tunes are drawn. All of it decides what comes out, `lanes` included."""

    temperature: float = 1.0
    """Logits are divided by it: below 1 the likely becomes likelier. More than 0."""
    seed: int = 0
    longest: int = 2048
    """Tokens, primer included, at which a draw is broken off."""
    lanes: int = 128
    """Tunes drawn side by side."""

    def __post_init__(self) -> None:
        if not 0 < self.temperature < math.inf:
            raise UsageError(f"--temperature {self.temperature}: must be more than 0, such as 0.8")

    def draw(
        self, step: Step, states: Callable[[int], Any], draws: int, primer: NDArray[np.int32]
    ) -> list[Drawn]:
        """Draw so many tunes, each from a boundary, through the primer, to its end.

        `states` makes the state of so many lanes. A lane whose tune has ended takes the next draw
        that no lane has begun; all that are begun are finished, so that short tunes are not
        favoured.
        """
        return self.drawer(lambda: step, states, draws, primer)()

    def drawer(
        self,
        make_step: Callable[[], Step],
        states: Callable[[int], Any],
        draws: int,
        primer: NDArray[np.int32],
    ) -> Callable[[], list[Drawn]]:
        """What `draw` does, to be done again and again without building its graph anew.

        The step is made inside the graph, so that the weights it reads are those of the moment.
        """
        lanes = min(self.lanes, draws)
        draw_all = graph(lambda: self._draw(make_step(), states(lanes), lanes, draws, primer))

        def draw() -> list[Drawn]:
            tokens, owners = (history.numpy() for history in draw_all())  # (time, lanes) each
            return [_drawn(tokens) for tokens in _by_owner(tokens, owners, draws)]

        return draw

    def _draw(
        self, step: Step, state: Any, lanes: int, draws: int, primer: NDArray[np.int32]
    ) -> tuple[Tensor, Tensor]:
        """What was written at each time, and to which draw it belongs: (time, lanes) each."""

        def one(
            t: Tensor, at: _Lanes, state: Any, tokens: Tensor, owners: Tensor
        ) -> tuple[Any, ...]:
            logits, state = step(at.tokens, state)  # (lanes, vocabulary)
            drawn = tf.random.stateless_categorical(
                logits / self.temperature, 1, seed=[self.seed, t], dtype=tf.int32
            )  # (lanes, 1)
            new = _primed(primer, at.lengths, drawn[:, 0])
            tokens, owners = tokens.write(t, new), owners.write(t, at.owners)
            return t + 1, at.written(new, self.longest), state, tokens, owners

        begin = (0, _Lanes.begin(lanes), state, _history(lanes), _history(lanes))
        *_, tokens, owners = tf.while_loop(
            lambda _, at, *__: tf.reduce_any(at.owners < draws), one, begin
        )
        return tokens.stack(), owners.stack()


class _Lanes(NamedTuple):
    """What the lanes are at: (lanes,) each, but for the number of draws begun."""

    tokens: Tensor  # the last one written; a boundary before a tune
    lengths: Tensor  # tokens written of the tune
    owners: Tensor  # the draw that the lane works on; past the last one it idles
    begun: Tensor  # ()

    @classmethod
    def begin(cls, lanes: int) -> _Lanes:
        return cls(tf.fill([lanes], BOUNDARY), tf.zeros(lanes, tf.int32), tf.range(lanes), lanes)

    def written(self, tokens: Tensor, longest: int) -> _Lanes:
        """The lanes after these tokens: where a tune is done, the next draws begin, in order."""
        done = (tokens == BOUNDARY) | (self.lengths + 1 == longest)
        order = tf.cumsum(tf.cast(done, tf.int32))  # 1 for the first lane that is done, and so on
        return _Lanes(
            tf.where(done, BOUNDARY, tokens),
            tf.where(done, 0, self.lengths + 1),
            tf.where(done, self.begun + order - 1, self.owners),
            self.begun + order[-1],
        )


def _primed(primer: NDArray[np.int32], lengths: Tensor, drawn: Tensor) -> Tensor:
    """The tokens drawn, (lanes,), or the primer's for lanes that are not through it yet."""
    if len(primer) == 0:
        return drawn
    within = tf.gather(tf.constant(primer), tf.minimum(lengths, len(primer) - 1))
    return tf.where(lengths < len(primer), within, drawn)


def _history(lanes: int) -> Tensor:
    return tf.TensorArray(tf.int32, size=0, dynamic_size=True, element_shape=(lanes,))


def _by_owner(
    tokens: NDArray[np.int32], owners: NDArray[np.int32], draws: int
) -> list[NDArray[np.int32]]:
    """The tokens of each draw in the order of their times, from (time, lanes) of all."""
    order = np.argsort(owners, axis=None, kind="stable")
    ends = np.searchsorted(owners.ravel()[order], np.arange(draws), side="right")
    return np.split(tokens.ravel()[order], ends)[:draws]


def _drawn(tokens: NDArray[np.int32]) -> Drawn:
    finished = bool(tokens[-1] == BOUNDARY)
    return Drawn(tokens[:-1] if finished else tokens, finished)
