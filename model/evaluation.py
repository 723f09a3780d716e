"""How well a network predicts tunes, and a trained one those that were kept from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from model.backend import graph
from model.config import Config
from model.data import read_tunes
from model.loss import window_loss
from model.network import Network
from model.packing import Tunes, pack, windows
from model.rundir import RunDirectory
from pipeline.manifest import Manifest

__all__ = ["Evaluation", "Examiner", "evaluate"]


class Examiner:
    """Some tunes, packed once, to measure a network on again and again as it learns."""

    def __init__(self, network: Network, tunes: Tunes, config: Config) -> None:
        self._lanes = min(config.lanes, len(tunes))
        packed = pack(tunes, self._lanes, config.window, np.random.default_rng(0))
        self._windows = list(windows(packed, config.window))
        self._network = network
        self._loss = graph(lambda tokens, states: window_loss(network, tokens, states))

    def bits_per_character(self) -> float:
        """The bits needed on average for each character; the end of a tune counts as one."""
        states = self._network.fresh_states(self._lanes)
        nats = predicted = 0.0
        for tokens in self._windows:
            window_nats, window_predicted, states = self._loss(tokens, states)
            nats += float(window_nats)
            predicted += float(window_predicted)
        return nats / predicted / math.log(2)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Bits per character over so many tunes; the end of a tune counts as a character."""

    bits: float
    tunes: int


def evaluate(path: Path, data: Path) -> Evaluation:
    """Measure the run at `path` on a data set's test split; UsageError if it cannot be read."""
    run = RunDirectory.open(path)
    tunes = read_tunes(data, Manifest.load(data), "test", run.vocabulary)
    examiner = Examiner(run.load_network(), tunes, run.config)
    return Evaluation(examiner.bits_per_character(), len(tunes))
