"""Tunes drawn during training: what they sound like, and how many of them are valid."""

from __future__ import annotations

from dataclasses import dataclass

from tuneloom.model.data.spelling import Spelling
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.network import Network
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.generated import GeneratedTune
from tuneloom.model.sampling.sampler import Sampler
from tuneloom.model.score.tunes.verdict import judge_tune

__all__ = ["Sample", "SampleDrawer"]

_TUNES = 100
_MAX_LENGTH = 600


@dataclass(frozen=True, slots=True)
class Sample:
    """Some tunes, and the percentages of them that are parseable and metrical."""

    tunes: list[GeneratedTune]
    config: SamplingConfig
    parseable: float
    metrical: float


class SampleDrawer:
    """Draws the same number of tunes from the same seed each time it is asked."""

    def __init__(
        self, network: Network, vocabulary: Vocabulary, spelling: Spelling, seed: int
    ) -> None:
        self._config = SamplingConfig(seed=seed, max_length=_MAX_LENGTH)
        self._vocabulary, self._spelling = vocabulary, spelling
        self._sampler = Sampler.of(network, vocabulary, self._config)

    def draw(self) -> Sample:
        """A sample from the network as it is now."""
        tunes = [
            GeneratedTune(
                self._spelling.from_network(self._vocabulary.decode(sampled.tokens)),
                sampled.finished,
            )
            for sampled in self._sampler.sample(_TUNES)
        ]
        verdicts = [judge_tune(tune.to_drawn_text()) for tune in tunes]
        parseable, metrical = (
            100 * sum(level in verdict.levels for verdict in verdicts) / len(tunes)
            for level in ("parseable", "metrical")
        )
        return Sample(tunes, self._config, parseable, metrical)
