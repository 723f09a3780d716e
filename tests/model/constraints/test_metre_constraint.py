"""The machine of metrical texts masks whatever gives logits."""

from typing import Any

import pytest

from tuneloom.model.constraints.metre_constraint import MetreConstraint
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.runtime.backend import Tensor, tf
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.sampler import Sampler
from tuneloom.model.score.tunes.tune_set import DrawnText
from tuneloom.model.score.tunes.verdict import judge_tune

VOCABULARY = Vocabulary("".join(sorted("RMLK:/12346789\nABCDEFGabcdefgz|[]()<>-^=_ ,'jilnormhpw")))


def by_chance(tokens: Tensor, state: Any) -> tuple[Tensor, Any]:
    """Logits (batch, vocabulary) that find all tokens alike."""
    return tf.zeros((tf.size(tokens), VOCABULARY.size)), state


@pytest.fixture(scope="module")
def metre() -> MetreConstraint:
    return MetreConstraint(VOCABULARY)


def test_whatever_is_drawn_has_full_bars_and_ends_below_the_cap(metre: MetreConstraint) -> None:
    config = SamplingConfig(max_length=150)
    sampler = Sampler(config, lambda: by_chance, lambda _: (), constraint=metre)
    for drawn in sampler.sample(200):
        text = VOCABULARY.decode(drawn.tokens)
        assert drawn.finished
        assert len(text) < 150
        assert "metrical" in judge_tune(DrawnText(text.rstrip("\n"))).levels, text


def test_what_a_beginning_needs_is_told_before_anything_is_drawn(metre: MetreConstraint) -> None:
    opening = "M:6/8\nL:1/8\nK:D\n"
    needed = metre.min_length(VOCABULARY.encode(opening).tolist())
    assert needed is not None
    assert len(opening) + 2 < needed < len(opening) + 30
    assert metre.min_length(VOCABULARY.encode("K:D\n:").tolist()) is None
