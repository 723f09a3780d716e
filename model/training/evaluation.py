"""How well a network predicts tunes, and a trained one those that were kept from it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.data.batching import Tunes, pack, rows, windows
from tuneloom.model.data.split import Split, read_split, tokenize
from tuneloom.model.network.config import Config
from tuneloom.model.network.loss import row_loss, window_loss
from tuneloom.model.network.network import Network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.backend import Tensor, graph
from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = ["Bits", "Evaluation", "Examiner", "evaluate"]


@dataclass(frozen=True, slots=True)
class Bits:
    """What it costs to write some tunes down with a network's help; a tune's end is a character."""

    total: float
    characters: int
    tunes: int

    @property
    def per_character(self) -> float:
        return self.total / self.characters

    @property
    def per_tune(self) -> float:
        return self.total / self.tunes


class Examiner:
    """Measures a network on tunes, again and again as it learns."""

    def __init__(self, network: Network, config: Config) -> None:
        self._network, self._config = network, config
        self._window_loss = graph(lambda tokens, states: window_loss(network, tokens, states))
        self._row_loss = graph(lambda tokens: row_loss(network, tokens))

    def bits(self, tunes: Tunes) -> Bits:
        """The bits that the network needs for tunes, without dropout."""
        nats = predicted = 0.0
        for batch_nats, batch_predicted in self._losses(tunes):
            nats += float(batch_nats)
            predicted += float(batch_predicted)
        return Bits(nats / math.log(2), round(predicted), len(tunes))

    def _losses(self, tunes: Tunes) -> Iterator[tuple[Tensor, Tensor]]:
        lanes, window, order = self._config.lanes, self._config.window, np.random.default_rng(0)
        if self._config.rows:
            yield from map(self._row_loss, rows(tunes, lanes, order))
            return
        states = self._network.fresh_states(lanes)
        for tokens in windows(pack(tunes, lanes, window, order), window):
            nats, predicted, states = self._window_loss(tokens, states)
            yield nats, predicted


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The bits of the tunes of one source, or of all, and the notes in them."""

    source: str
    bits: Bits
    notes: int

    @property
    def per_note(self) -> float:
        """All bits, those of bar lines and header too, shared out among the notes."""
        return self.bits.total / self.notes


def evaluate(path: Path, data: Path) -> list[Evaluation]:
    """Measure the run at `path` on a data set's test split: each source, then all of them together.

    Raises UsageError if either cannot be read.
    """
    run = RunDirectory.open(path)
    split = read_split(data, Manifest.load(data), "test")
    tunes = tokenize(split.texts, run.vocabulary, data)
    examiner = Examiner(run.load_network(), run.config)
    sources = {source: _of_source(split, source) for source in sorted(set(split.sources))}
    found = [
        Evaluation(source, examiner.bits(tunes.take(numbers)), int(split.notes[numbers].sum()))
        for source, numbers in sources.items()
    ]
    total = sum(each.bits.total for each in found)
    characters = sum(each.bits.characters for each in found)
    whole = Evaluation("all", Bits(total, characters, len(split)), int(split.notes.sum()))
    return [*found, whole]


def _of_source(split: Split, source: str) -> NDArray[np.int64]:
    """The numbers of the tunes from a source, (tunes,)."""
    return np.flatnonzero(np.array(split.sources) == source)
