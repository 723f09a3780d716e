"""How well a network predicts tunes, in bits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.split import read_split, tokenize_tunes
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.layouts import layout_of
from tuneloom.model.network.network import Network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.backend import compile_graph
from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = ["Bits", "Evaluator", "SourceEvaluation", "evaluate"]


@dataclass(frozen=True, slots=True)
class Bits:
    """The information in some tunes, given a network. The end of a tune counts as a character."""

    total: float
    characters: int
    tunes: int

    @property
    def per_character(self) -> float:
        return self.total / self.characters

    @property
    def per_tune(self) -> float:
        return self.total / self.tunes


class Evaluator:
    """Measures a network on tunes, as often as wanted while it learns."""

    def __init__(self, network: Network, config: TrainingConfig) -> None:
        self._network, self._batch_size = network, config.batch_size
        self._layout = layout = layout_of(config)
        self._loss = compile_graph(lambda tokens, state: layout.loss(network, tokens, state))

    def bits(self, tunes: TokenizedTunes) -> Bits:
        """The bits that the network needs for tunes, without dropout."""
        total = characters = 0.0
        state = self._layout.initial_state(self._network, self._batch_size)
        for tokens in self._layout.batches(tunes, self._batch_size, np.random.default_rng(0)):
            nats, targets, state = self._loss(tokens, state)
            total += float(nats)
            characters += float(targets)
        return Bits(total / math.log(2), round(characters), len(tunes))


@dataclass(frozen=True, slots=True)
class SourceEvaluation:
    """The bits and the notes of the tunes from one source, or from `all`."""

    source: str
    bits: Bits
    notes: int

    @property
    def per_note(self) -> float:
        """All bits, also those of bar lines and headers, divided by the notes."""
        return self.bits.total / self.notes


def evaluate(path: Path, data: Path) -> list[SourceEvaluation]:
    """Measure the run at `path` on a data set's test split: each source, then all together.

    Raises:
        UsageError: the run or the data set cannot be read.
    """
    run = RunDirectory.open(path)
    split = read_split(data, Manifest.load(data), "test")
    tunes = tokenize_tunes(split.texts, run.vocabulary, data)
    evaluator = Evaluator(run.load_network(), run.config)
    by_source = {source: split.from_source(source) for source in sorted(set(split.sources))}
    found = [
        SourceEvaluation(
            source, evaluator.bits(tunes.take(indices)), int(split.notes[indices].sum())
        )
        for source, indices in by_source.items()
    ]
    total = sum(each.bits.total for each in found)
    characters = sum(each.bits.characters for each in found)
    everything = Bits(total, characters, len(split))
    return [*found, SourceEvaluation("all", everything, int(split.notes.sum()))]
