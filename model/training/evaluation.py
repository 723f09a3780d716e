"""How well a network predicts tunes, in bits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tuneloom.corpus.admit import admit
from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import open_tune_files
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.corpus.sources.inputs import input_files
from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.split import read_split, tokenize_tunes
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.layouts import layout_of
from tuneloom.model.network.network import Network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.backend import compile_graph
from tuneloom.pipeline.dataset.files import COMPLETED, MANIFEST
from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = ["Bits", "Evaluator", "RunEvaluation", "SourceEvaluation", "evaluate"]


@dataclass(frozen=True, slots=True)
class Bits:
    """The information in some tunes, given a network. The end of a tune counts as a character.

    The characters are those that the network reads, which are a few more or less than the tunes have.
    """

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

    def __init__(self, network: Network, config: TrainingConfig, metrical_share: float) -> None:
        self._network, self._batch_size = network, config.batch_size
        self._metrical_share = metrical_share
        self._layout = layout = layout_of(config)
        self._loss = compile_graph(lambda batch, state: layout.loss(network, batch, state))

    def bits(self, tunes: TokenizedTunes) -> Bits:
        """The bits that the network needs for tunes, without dropout.

        What it is told of their levels is counted, too, with the shares of the training tunes.
        """
        total = characters = 0.0
        state = self._layout.initial_state(self._network, self._batch_size)
        for batch in self._layout.batches(tunes, self._batch_size, np.random.default_rng(0)):
            nats, targets, state = self._loss(batch, state)
            total += float(nats)
            characters += float(targets)
        bits = total / math.log(2) + self._bits_of_levels(tunes)
        return Bits(bits, round(characters), len(tunes))

    def _bits_of_levels(self, tunes: TokenizedTunes) -> float:
        if not self._network.knows_levels:
            return 0.0
        shares = np.where(tunes.metrical, self._metrical_share, 1 - self._metrical_share)
        return float(-np.log2(shares).sum())


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


@dataclass(frozen=True, slots=True)
class RunEvaluation:
    """What a run makes of tunes: each source, and all together.

    `not_taken` counts the tunes that the run cannot read, by the code of the reject or the character that
    the run does not know.
    """

    sources: tuple[SourceEvaluation, ...]
    whole: SourceEvaluation
    not_taken: Mapping[str, int]


def evaluate(path: Path, *inputs: Path, column: str = "") -> RunEvaluation:
    """Measure the run at `path` on the test splits of data sets, and on all tunes of other files.

    Raises:
        UsageError: the run or an input cannot be read, or there is no tune that the run can read.
    """
    run = RunDirectory.open(path)
    found = [
        _split_tunes(run, each) if _is_dataset(each) else _file_tunes(run, each, column)
        for each in inputs
    ]
    not_taken = sum((tunes.not_taken for tunes in found), Counter[str]())
    if not any(tunes.texts for tunes in found):
        raise UsageError(f"{inputs[0]}: no tune that the run can read{_told(not_taken)}")
    network = run.load_network()
    evaluator = Evaluator(network, run.config, run.metrical_share)
    sources = [
        evaluation
        for tunes in found
        for source in sorted(set(tunes.sources))
        for evaluation in [tunes.evaluate(source, evaluator, run, network)]
    ]
    total = Bits(
        sum(each.bits.total for each in sources),
        sum(each.bits.characters for each in sources),
        sum(each.bits.tunes for each in sources),
    )
    whole = SourceEvaluation("all", total, sum(each.notes for each in sources))
    return RunEvaluation(tuple(sources), whole, not_taken)


@dataclass(frozen=True, slots=True)
class _MeasuredTunes:
    """Texts as the network reads them, with what is known of them, and the tunes that became none."""

    name: Path
    texts: list[str]
    sources: list[str]
    notes: list[int]
    metrical: list[bool]
    not_taken: Counter[str]

    def evaluate(
        self, source: str, evaluator: Evaluator, run: RunDirectory, network: Network
    ) -> SourceEvaluation:
        """The tunes of one source."""
        chosen = [index for index, own in enumerate(self.sources) if own == source]
        texts = [self.texts[index] for index in chosen]
        metrical = np.array([self.metrical[index] for index in chosen])
        told = metrical if run.metrical_share < 1 else None
        tunes = tokenize_tunes(texts, run.vocabulary, self.name, told)
        tunes = network.with_aids(tunes, run.vocabulary)
        notes = sum(self.notes[index] for index in chosen)
        return SourceEvaluation(source, evaluator.bits(tunes), notes)


def _split_tunes(run: RunDirectory, data: Path) -> _MeasuredTunes:
    split = read_split(data, Manifest.load(data), "test")
    texts = [run.spelling.to_network(text) for text in split.texts]
    tokenize_tunes(texts, run.vocabulary, data)
    return _MeasuredTunes(
        data, texts, split.sources, split.notes.tolist(), split.metrical.tolist(), Counter()
    )


def _file_tunes(run: RunDirectory, path: Path, column: str) -> _MeasuredTunes:
    """The tunes of files, as an ingestion would take them, duplicates included."""
    tunes = _MeasuredTunes(path, [], [], [], [], Counter())
    for file in open_tune_files(input_files([str(path)], column), Limits()):
        for found in file.tunes():
            result = admit(found, run.profile).result if isinstance(found, RawTune) else found
            if isinstance(result, Reject):
                tunes.not_taken[result.code] += 1
                continue
            text = run.spelling.to_network(result.abc)
            if unknown := run.vocabulary.unknown(text):
                tunes.not_taken[f"character {unknown[0]!r}"] += 1
            else:
                tunes.texts.append(text)
                tunes.sources.append(str(path))
                tunes.notes.append(result.notes)
                tunes.metrical.append("metrical" in result.levels)
    return tunes


def _told(not_taken: Mapping[str, int]) -> str:
    counts = ", ".join(f"{count:,} {reason}" for reason, count in sorted(not_taken.items()))
    return f"; not taken: {counts}" if counts else ""


def _is_dataset(path: Path) -> bool:
    """Whether a directory is a data set, finished or not."""
    return (path / COMPLETED).is_file() or (path / MANIFEST).is_file()
