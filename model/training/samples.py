"""Tunes that a network writes while it learns: what they sound like, and how many are sound."""

from __future__ import annotations

from dataclasses import dataclass

from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import Config
from tuneloom.model.network.network import Network
from tuneloom.model.sampling.generate import Draw
from tuneloom.model.sampling.sampler import Drawer, Sampler
from tuneloom.model.score.tunes.verdict import judge_tune

__all__ = ["Sample", "Sketches"]

_TUNES = 100
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Sample:
    """Some draws at temperature 1, and the percentage of them that reach a level of validity."""

    draws: list[Draw]
    sampler: Sampler
    parseable: float
    metrical: float


class Sketches:
    """Draws the same number of tunes from the same seed again and again as a network learns."""

    def __init__(self, network: Network, vocabulary: Vocabulary, config: Config) -> None:
        self._sampler = Sampler(seed=config.seed, longest=_LONGEST)
        self._vocabulary = vocabulary
        self._drawer = Drawer(self._sampler, network.stepper, network.fresh_states)

    def sample(self) -> Sample:
        drawn = self._drawer.draw(_TUNES)
        draws = [Draw(self._vocabulary.decode(each.tokens), each.finished) for each in drawn]
        verdicts = [judge_tune(draw.to_judge()) for draw in draws]
        parseable, metrical = (
            100 * sum(level in verdict.levels for verdict in verdicts) / len(draws)
            for level in ("parseable", "metrical")
        )
        return Sample(draws, self._sampler, parseable, metrical)
