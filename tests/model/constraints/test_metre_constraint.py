"""The automaton of metrical texts masks whatever gives logits."""

from typing import Any

import pytest

from tuneloom.model.constraints.metre_constraint import MetreConstraint
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.runtime.backend import Tensor, tf
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.sampler import Sampler
from tuneloom.model.score.tunes.tune_set import DrawnText
from tuneloom.model.score.tunes.verdict import judge_tune

VOCABULARY = Vocabulary("".join(sorted("RMLK:/12346789\nABCDEFGabcdefgz|[]()<>-^=_ ,'jilnormhpw")))


def indifferent(inputs: NetworkInputs, state: Any) -> tuple[Tensor, Any]:
    """Logits (batch, vocabulary) by which all tokens are equally likely."""
    return tf.zeros((tf.size(inputs.tokens), VOCABULARY.size)), state


@pytest.fixture(scope="module")
def metre() -> MetreConstraint:
    return MetreConstraint(VOCABULARY)


@pytest.mark.slow
def test_whatever_is_drawn_has_full_bars_and_ends_below_the_cap(metre: MetreConstraint) -> None:
    config = SamplingConfig(max_length=100)
    sampler = Sampler(config, lambda: indifferent, lambda _: (), constraint=metre)
    for drawn in sampler.sample(64):
        text = VOCABULARY.decode(drawn.tokens)
        assert drawn.finished
        assert len(text) < 100
        assert "metrical" in judge_tune(DrawnText(text.rstrip("\n"))).levels, text


def test_the_least_length_of_a_tune_is_known_from_its_beginning(metre: MetreConstraint) -> None:
    opening = "M:6/8\nL:1/8\nK:D\n"
    needed = metre.min_length(VOCABULARY.encode(opening).tolist())
    assert needed is not None
    assert len(opening) + 2 < needed < len(opening) + 30
    assert metre.min_length(VOCABULARY.encode("K:D\n:").tolist()) is None
