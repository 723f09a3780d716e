"""A language of three letters: `a`, then any number of `b`, then `c`."""

from typing import Any

import numpy as np
import pytest

from tuneloom.model.constraints.syntax.token_automaton import DEAD, TokenAutomaton
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.runtime.backend import Tensor, tf
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.sampler import SampledTokens, Sampler

A, B, C = 1, 2, 3
TABLE = TokenAutomaton.of(
    np.array([[DEAD, 1, DEAD, DEAD], [DEAD, DEAD, 1, 2], [DEAD, DEAD, DEAD, DEAD]], np.int32),
    np.array([False, False, True]),
)


def indifferent(inputs: NetworkInputs, state: Any) -> tuple[Tensor, Any]:
    """Logits (batch, 4) by which all tokens are equally likely."""
    return tf.zeros((tf.size(inputs.tokens), 4)), state


def test_a_token_leads_to_the_next_state_and_a_boundary_to_the_first() -> None:
    states, _ = TABLE.step(
        tf.constant([0, 1, 2, 1], tf.int64), tf.constant([A, C, 0, 0]), tf.constant([9, 9, 9, 9])
    )
    assert states.numpy().tolist() == [1, 2, 0, 0]


def test_only_what_can_still_become_a_text_in_time_is_allowed() -> None:
    _, masks = TABLE.step(
        tf.constant([2, 0, 0, 1], tf.int64), tf.constant([0, A, A, C]), tf.constant([3, 3, 2, 1])
    )
    assert [np.flatnonzero(mask).tolist() for mask in masks.numpy()] == [[A], [B, C], [C], [0]]


@pytest.mark.parametrize(("tokens", "needed"), [([], 3), ([A, B], 4), ([A, C], 3), ([B], None)])
def test_the_tokens_that_a_beginning_needs_are_counted(
    tokens: list[int], needed: int | None
) -> None:
    assert TABLE.min_length(tokens) == needed


def sample(count: int, max_length: int) -> list[SampledTokens]:
    config = SamplingConfig(max_length=max_length)
    return Sampler(config, lambda: indifferent, lambda _: (), constraint=TABLE).sample(count)


def test_every_draw_keeps_to_the_language_and_ends_below_the_cap() -> None:
    drawn = sample(500, max_length=5)
    assert {tuple(draw.tokens) for draw in drawn} == {(A, C), (A, B, C), (A, B, B, C)}
    assert all(draw.finished for draw in drawn)


def test_draws_weighed_by_what_was_cut_are_those_of_rejection() -> None:
    """Of the texts of two letters and of three, the network finds the shorter four times as likely."""
    drawn = sample(20, max_length=4)
    cuts = {len(draw.tokens): draw.mask_nats for draw in drawn}
    # a: one of four; b or c: two of four; c: one of four; the end: one of four.
    assert cuts[2] == pytest.approx(np.log(4 * 2 * 4), rel=1e-5)
    assert cuts[3] == pytest.approx(np.log(4 * 2 * 4 * 4), rel=1e-5)
