"""The sampler needs no network: anything that gives logits will do."""

from typing import Any

import numpy as np
import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.runtime.backend import Tensor, tf
from tuneloom.model.sampling.prompts import Openings
from tuneloom.model.sampling.sampler import Drawn, Sampler

SURE = 50.0


def no_state(_lanes: int) -> tuple[()]:
    return ()


def scale(tokens: Tensor, state: Any) -> tuple[Tensor, Any]:
    """Logits (lanes, 4) that are sure of boundary -> 1 -> 2 -> 3 -> boundary."""
    return SURE * tf.one_hot((tokens + 1) % 4, 4), state


def coin(_tokens: Tensor, state: Any) -> tuple[Tensor, Any]:
    """Logits (lanes, 3) that find heads, tails and the end equally likely."""
    return tf.zeros((tf.size(_tokens), 3)), state


def texts(drawn: list[Drawn]) -> list[list[int]]:
    return [draw.tokens.tolist() for draw in drawn]


def test_a_tune_goes_from_boundary_to_boundary() -> None:
    drawn = Sampler().draw(scale, no_state, 3)
    assert texts(drawn) == [[1, 2, 3]] * 3
    assert all(draw.finished for draw in drawn)


def test_a_primer_is_how_every_tune_starts() -> None:
    drawn = Sampler().draw(scale, no_state, 2, Openings.of([np.array([3, 1], np.int32)]))
    assert texts(drawn) == [[3, 1, 2, 3]] * 2


def test_a_tune_that_finds_no_end_is_broken_off_and_says_so() -> None:
    def endless(tokens: Tensor, state: Any) -> tuple[Tensor, Any]:
        return SURE * tf.one_hot(tf.ones_like(tokens), 3), state

    [drawn] = Sampler(longest=7).draw(endless, no_state, 1)
    assert drawn.tokens.tolist() == [1] * 7
    assert not drawn.finished


def test_a_tune_may_end_exactly_below_the_cap() -> None:
    [drawn] = Sampler(longest=4).draw(scale, no_state, 1)
    assert drawn.tokens.tolist() == [1, 2, 3]
    assert drawn.finished


@pytest.mark.parametrize("lanes", [1, 3, 64])
def test_a_draw_is_the_same_whatever_is_drawn_beside_it(lanes: int) -> None:
    expected = texts(Sampler(seed=9).draw(coin, no_state, 40))
    assert texts(Sampler(seed=9, lanes=lanes).draw(coin, no_state, 17)) == expected[:17]


@pytest.mark.parametrize("lanes", [1, 3, 64])
def test_every_draw_asked_for_comes_back_whatever_the_lanes(lanes: int) -> None:
    drawn = Sampler(lanes=lanes).draw(scale, no_state, 10)
    assert texts(drawn) == [[1, 2, 3]] * 10


def test_long_tunes_are_as_likely_as_they_should_be_when_lanes_are_refilled() -> None:
    """With one chance in three to end, a tune has two tokens on average, and 15% have four or more."""
    lengths = [len(draw.tokens) for draw in Sampler(lanes=50).draw(coin, no_state, 4000)]
    assert np.mean(lengths) == pytest.approx(2, abs=0.15)
    assert np.mean([length >= 4 for length in lengths]) == pytest.approx((2 / 3) ** 4, abs=0.03)


def test_the_seed_decides_the_draws() -> None:
    def draw(seed: int) -> list[list[int]]:
        return texts(Sampler(seed=seed).draw(coin, no_state, 20))

    assert draw(1) == draw(1)
    assert draw(1) != draw(2)


@pytest.mark.parametrize(("temperature", "share"), [(0.5, 0.88), (1.0, 0.73), (2.0, 0.62)])
def test_temperature_sharpens_or_flattens_the_odds(temperature: float, share: float) -> None:
    def leaning(tokens: Tensor, state: Any) -> tuple[Tensor, Any]:
        """One token, then the end: 1 is likelier than 2 by a logit of 1."""
        first = tf.constant([-SURE, 1.0, 0.0])
        last = tf.constant([SURE, 0.0, 0.0])
        return tf.where((tokens == BOUNDARY)[:, None], first, last), state

    sampler = Sampler(temperature=temperature)
    drawn = sampler.draw(leaning, no_state, 3000)
    assert np.mean([draw.tokens[0] == 1 for draw in drawn]) == pytest.approx(share, abs=0.03)


def test_state_belongs_to_its_lane() -> None:
    def counting(tokens: Tensor, count: Tensor) -> tuple[Tensor, Tensor]:
        """Ends a tune after three tokens, counted in a state that a boundary sets back."""
        count = tf.where(tokens == BOUNDARY, 0, count + 1)  # (lanes,)
        return SURE * tf.one_hot(tf.where(count == 3, BOUNDARY, 1), 2), count

    drawn = Sampler(lanes=2).draw(counting, lambda lanes: tf.zeros(lanes, tf.int32), 5)
    assert texts(drawn) == [[1, 1, 1]] * 5


def test_openings_are_drawn_by_their_odds_and_each_draw_keeps_its_own() -> None:
    primers = [np.array(primer, np.int32) for primer in ([3, 1], [2])]
    openings = Openings.of(primers, np.log([0.25, 0.75]))
    drawn = texts(Sampler().draw(scale, no_state, 2000, openings))
    assert drawn.count([3, 1, 2, 3]) + drawn.count([2, 3]) == 2000
    assert drawn.count([2, 3]) == pytest.approx(1500, abs=80)


def test_a_draw_longer_than_a_chunk_is_put_together() -> None:
    def long(tokens: Tensor, count: Tensor) -> tuple[Tensor, Tensor]:
        """Ends a tune after 700 tokens."""
        count = tf.where(tokens == BOUNDARY, 0, count + 1)  # (lanes,)
        return SURE * tf.one_hot(tf.where(count == 700, BOUNDARY, 1), 2), count

    drawn = Sampler(lanes=2).draw(long, lambda lanes: tf.zeros(lanes, tf.int32), 3)
    assert texts(drawn) == [[1] * 700] * 3


@pytest.mark.parametrize(("top_p", "kept"), [(0.5, {1}), (0.71, {1, 2}), (1.0, {1, 2, 3})])
def test_only_the_likeliest_that_have_the_probability_together_are_drawn(
    top_p: float, kept: set[int]
) -> None:
    def leaning(tokens: Tensor, state: Any) -> tuple[Tensor, Any]:
        """One token, with odds of 0.6, 0.3 and 0.1, then the end."""
        first = tf.math.log(tf.constant([1e-20, 0.6, 0.3, 0.1]))
        last = tf.constant([SURE, 0.0, 0.0, 0.0])
        return tf.where((tokens == BOUNDARY)[:, None], first, last), state

    drawn = Sampler(top_p=top_p).draw(leaning, no_state, 300)
    assert {int(draw.tokens[0]) for draw in drawn} == kept


@pytest.mark.parametrize("top_p", [0.0, -1.0, 1.1, float("nan")])
def test_a_nucleus_has_some_probability_and_at_most_all(top_p: float) -> None:
    with pytest.raises(UsageError, match="--top-p"):
        Sampler(top_p=top_p)


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan"), float("inf")])
def test_a_temperature_is_a_number_above_zero(temperature: float) -> None:
    with pytest.raises(UsageError, match="--temperature"):
        Sampler(temperature=temperature)
