"""The sampler needs no network: anything that gives logits will do."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.constraints.syntax.token_automaton import DEAD, TokenAutomaton
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.runtime.backend import Tensor, tf
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.prompts import NO_PROMPT, Prompts
from tuneloom.model.sampling.sampler import DecodeStep, SampledTokens, Sampler

SURE = 50.0
DEFAULTS = SamplingConfig()
HEADS_FIRST = TokenAutomaton.of(
    np.array([[DEAD, 1, DEAD], [DEAD, 1, 2], [DEAD, DEAD, 2]], np.int32),
    np.array([False, True, True]),
)
"""Allows heads (1) before tails (2), at least one."""


def no_state(_batch_size: int) -> tuple[()]:
    return ()


def scale(inputs: NetworkInputs, state: Any) -> tuple[Tensor, Any]:
    """Logits (batch, 4) that are sure of boundary -> 1 -> 2 -> 3 -> boundary."""
    return SURE * tf.one_hot((inputs.tokens + 1) % 4, 4), state


def coin(inputs: NetworkInputs, state: Any) -> tuple[Tensor, Any]:
    """Logits (batch, 3) that find heads, tails and the end equally likely."""
    return tf.zeros((tf.size(inputs.tokens), 3)), state


def sample(
    step: DecodeStep,
    count: int,
    config: SamplingConfig = DEFAULTS,
    *,
    state: Callable[[int], Any] = no_state,
    prompts: Prompts = NO_PROMPT,
    rejects: TokenAutomaton | None = None,
) -> list[SampledTokens]:
    return Sampler(config, lambda: step, state, prompts, rejects, "reject").sample(count)


def texts(drawn: list[SampledTokens]) -> list[list[int]]:
    return [draw.tokens.tolist() for draw in drawn]


def test_a_tune_goes_from_boundary_to_boundary() -> None:
    drawn = sample(scale, 3)
    assert texts(drawn) == [[1, 2, 3]] * 3
    assert all(draw.finished for draw in drawn)


def test_every_tune_begins_with_the_prompt() -> None:
    drawn = sample(scale, 2, prompts=Prompts.of([np.array([3, 1], np.int32)]))
    assert texts(drawn) == [[3, 1, 2, 3]] * 2


def test_a_tune_without_an_end_is_cut_off_and_unfinished() -> None:
    def endless(inputs: NetworkInputs, state: Any) -> tuple[Tensor, Any]:
        return SURE * tf.one_hot(tf.ones_like(inputs.tokens), 3), state

    [drawn] = sample(endless, 1, SamplingConfig(max_length=7))
    assert drawn.tokens.tolist() == [1] * 7
    assert not drawn.finished


def test_a_tune_may_end_exactly_at_the_maximum_length() -> None:
    [drawn] = sample(scale, 1, SamplingConfig(max_length=4))
    assert drawn.tokens.tolist() == [1, 2, 3]
    assert drawn.finished


@pytest.mark.parametrize("batch_size", [1, 3, 64])
def test_a_tune_does_not_depend_on_the_rest_of_the_batch(batch_size: int) -> None:
    expected = texts(sample(coin, 40, SamplingConfig(seed=9)))
    assert texts(sample(coin, 17, SamplingConfig(seed=9, batch_size=batch_size))) == expected[:17]


@pytest.mark.parametrize("batch_size", [1, 3, 64])
def test_every_tune_comes_back_whatever_the_batch_size(batch_size: int) -> None:
    drawn = sample(scale, 10, SamplingConfig(batch_size=batch_size))
    assert texts(drawn) == [[1, 2, 3]] * 10


def test_the_first_of_many_tunes_are_those_of_few() -> None:
    assert texts(sample(coin, 2000))[:40] == texts(sample(coin, 40))


def test_refilling_rows_does_not_favor_short_tunes() -> None:
    """With one chance in three to end, a tune has two tokens on average, and 15% have four or more."""
    lengths = [len(draw.tokens) for draw in sample(coin, 4000, SamplingConfig(batch_size=50))]
    assert np.mean(lengths) == pytest.approx(2, abs=0.15)
    assert np.mean([length >= 4 for length in lengths]) == pytest.approx((2 / 3) ** 4, abs=0.03)


def test_the_seed_determines_the_tunes() -> None:
    def draw(seed: int) -> list[list[int]]:
        return texts(sample(coin, 20, SamplingConfig(seed=seed)))

    assert draw(1) == draw(1)
    assert draw(1) != draw(2)


@pytest.mark.parametrize(("temperature", "share"), [(0.5, 0.88), (1.0, 0.73), (2.0, 0.62)])
def test_temperature_sharpens_or_flattens_the_probabilities(
    temperature: float, share: float
) -> None:
    def leaning(inputs: NetworkInputs, state: Any) -> tuple[Tensor, Any]:
        """One token, then the end: 1 is likelier than 2 by a logit of 1."""
        first = tf.constant([-SURE, 1.0, 0.0])
        last = tf.constant([SURE, 0.0, 0.0])
        return tf.where((inputs.tokens == BOUNDARY)[:, None], first, last), state

    drawn = sample(leaning, 3000, SamplingConfig(temperature=temperature))
    assert np.mean([draw.tokens[0] == 1 for draw in drawn]) == pytest.approx(share, abs=0.03)


def test_each_row_has_its_own_state() -> None:
    def counting(inputs: NetworkInputs, count: Tensor) -> tuple[Tensor, Tensor]:
        """Ends a tune after three tokens, counted in a state that a boundary sets back."""
        count = tf.where(inputs.tokens == BOUNDARY, 0, count + 1)  # (batch,)
        return SURE * tf.one_hot(tf.where(count == 3, BOUNDARY, 1), 2), count

    drawn = sample(
        counting, 5, SamplingConfig(batch_size=2), state=lambda size: tf.zeros(size, tf.int32)
    )
    assert texts(drawn) == [[1, 1, 1]] * 5


def test_prompts_are_drawn_by_their_probabilities_and_each_tune_keeps_its_own() -> None:
    tokens = [np.array(prompt, np.int32) for prompt in ([3, 1], [2])]
    prompts = Prompts.of(tokens, np.log([0.25, 0.75]))
    drawn = texts(sample(scale, 2000, prompts=prompts))
    assert drawn.count([3, 1, 2, 3]) + drawn.count([2, 3]) == 2000
    assert drawn.count([2, 3]) == pytest.approx(1500, abs=80)


def test_a_tune_longer_than_a_chunk_is_joined() -> None:
    def long(inputs: NetworkInputs, count: Tensor) -> tuple[Tensor, Tensor]:
        """Ends a tune after 700 tokens."""
        count = tf.where(inputs.tokens == BOUNDARY, 0, count + 1)  # (batch,)
        return SURE * tf.one_hot(tf.where(count == 700, BOUNDARY, 1), 2), count

    drawn = sample(
        long, 3, SamplingConfig(batch_size=2), state=lambda size: tf.zeros(size, tf.int32)
    )
    assert texts(drawn) == [[1] * 700] * 3


@pytest.mark.parametrize(("top_p", "kept"), [(0.5, {1}), (0.71, {1, 2}), (1.0, {1, 2, 3})])
def test_only_the_most_likely_tokens_up_to_top_p_are_sampled(top_p: float, kept: set[int]) -> None:
    def leaning(inputs: NetworkInputs, state: Any) -> tuple[Tensor, Any]:
        """One token, with probabilities 0.6, 0.3 and 0.1, then the end."""
        first = tf.math.log(tf.constant([1e-20, 0.6, 0.3, 0.1]))
        last = tf.constant([SURE, 0.0, 0.0, 0.0])
        return tf.where((inputs.tokens == BOUNDARY)[:, None], first, last), state

    drawn = sample(leaning, 300, SamplingConfig(top_p=top_p))
    assert {int(draw.tokens[0]) for draw in drawn} == kept


def is_allowed(draw: SampledTokens) -> bool:
    """Whether a tune is in the language of HEADS_FIRST."""
    tokens = draw.tokens.tolist()
    return draw.finished and 1 in tokens and tokens == sorted(tokens)


def test_rejection_keeps_the_very_tunes_of_free_draws_that_are_allowed() -> None:
    free = sample(coin, 500, SamplingConfig(max_length=6))
    rejecting = sample(coin, 500, SamplingConfig(max_length=6), rejects=HEADS_FIRST)
    kept = [draw for draw in rejecting if draw.finished and np.isfinite(draw.mask_nats)]
    assert texts(kept) == texts([draw for draw in free if is_allowed(draw)])
    assert 20 < len(kept) < 480
    assert {draw.mask_nats for draw in kept} == {0.0}


def test_a_rejected_draw_ends_before_the_first_token_that_is_not_allowed() -> None:
    free = sample(coin, 300, SamplingConfig(max_length=6))
    rejecting = sample(coin, 300, SamplingConfig(max_length=6), rejects=HEADS_FIRST)
    for freely, rejected in zip(texts(free), texts(rejecting), strict=True):
        assert rejected == freely[: len(rejected)] == sorted(rejected)


@pytest.mark.parametrize("batch_size", [1, 3])
def test_a_draw_that_others_were_rejected_before_does_not_depend_on_the_batch(
    batch_size: int,
) -> None:
    expected = texts(sample(coin, 40, rejects=HEADS_FIRST))
    small = SamplingConfig(batch_size=batch_size)
    assert texts(sample(coin, 40, small, rejects=HEADS_FIRST)) == expected


def test_a_row_is_reset_after_a_rejected_draw() -> None:
    def counting(inputs: NetworkInputs, count: Tensor) -> tuple[Tensor, Tensor]:
        """Heads, then tails, then heads, which is not allowed, by a count that a boundary sets back."""
        count = tf.where(inputs.tokens == BOUNDARY, 0, count + 1)  # (batch,)
        return SURE * tf.one_hot(1 + count % 2, 3), count

    drawn = sample(
        counting,
        5,
        SamplingConfig(batch_size=2),
        state=lambda size: tf.zeros(size, tf.int32),
        rejects=HEADS_FIRST,
    )
    assert texts(drawn) == [[1, 2]] * 5
    assert all(np.isinf(draw.mask_nats) for draw in drawn)


@pytest.mark.parametrize("top_p", [0.0, -1.0, 1.1, float("nan")])
def test_top_p_is_more_than_0_and_at_most_1(top_p: float) -> None:
    with pytest.raises(UsageError, match="--top-p"):
        SamplingConfig(top_p=top_p)


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan"), float("inf")])
def test_a_temperature_is_a_number_above_0(temperature: float) -> None:
    with pytest.raises(UsageError, match="--temperature"):
        SamplingConfig(temperature=temperature)
