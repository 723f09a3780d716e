"""The interface of a constraint: which tokens a tune may go on with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from tuneloom.model.runtime.backend import Tensor

__all__ = ["Constraint"]


class Constraint(Protocol):
    """A language that drawn tunes keep to. A state is one int64 for the text so far.

    After a boundary a tune begins, whatever the state before it. From every token that is allowed, further
    allowed tokens lead to the boundary that ends the tune within the tokens that remain.
    """

    def step(self, states: Tensor, tokens: Tensor, remaining: Tensor) -> tuple[Tensor, Tensor]:
        """The states after these tokens, and which tokens may follow.

        Takes states (batch,), tokens (batch,) and `remaining` (batch,), the tokens that each tune may still
        have, boundary included; returns states (batch,) int64 and a mask (batch, vocabulary) bool. Runs
        in the graph, beside the network, on whose output it does not depend.
        """

    def min_length(self, tokens: Iterable[int]) -> int | None:
        """The fewest tokens of a tune that begins like this, boundary included; None if none does."""
