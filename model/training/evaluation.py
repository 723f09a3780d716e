"""How well a network predicts tunes, in bits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

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
from tuneloom.model.network.loss import padded_nats
from tuneloom.model.network.network import Network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.backend import compile_graph
from tuneloom.pipeline.dataset.files import COMPLETED, MANIFEST
from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = [
    "Bits",
    "Evaluator",
    "MeasuredTune",
    "RunEvaluation",
    "SourceEvaluation",
    "TuneBits",
    "evaluate",
    "evaluate_tunes",
]

_BUCKET = 32
"""Padded lengths are multiples of this, so that few graphs are made."""


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


@dataclass(frozen=True, slots=True)
class TuneBits:
    """The information in one tune: in its level, if the network is told it, and in each character.

    The last of `characters`, (characters + 1,), is the end of the tune.
    """

    level: float
    characters: NDArray[np.float32]

    @property
    def total(self) -> float:
        return self.level + float(self.characters.sum())


class Evaluator:
    """Measures a network on tunes, as often as wanted while it learns."""

    def __init__(self, network: Network, config: TrainingConfig, metrical_share: float) -> None:
        self._network, self._batch_size = network, config.batch_size
        self._metrical_share = metrical_share
        self._layout = layout = layout_of(config)
        self._loss = compile_graph(lambda batch, state: layout.loss(network, batch, state))
        self._nats = compile_graph(lambda batch: padded_nats(network, batch))

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

    def bits_of_tunes(self, tunes: TokenizedTunes) -> list[TuneBits]:
        """The same for each tune, character by character."""
        order = np.argsort(tunes.lengths, kind="stable")
        levels = self._bits_of_each_level(tunes)
        found: dict[int, TuneBits] = {}
        for start in range(0, len(order), self._batch_size):
            chosen = order[start : start + self._batch_size]
            time = -(-int(tunes.lengths[chosen].max()) // _BUCKET) * _BUCKET
            rows = tunes.at(tunes.rows(chosen[:, None], (self._batch_size, time + 1)))
            nats = np.asarray(self._nats(rows))  # (batch, time)
            for row, index in zip(nats, chosen.tolist(), strict=False):
                bits = row[: tunes.lengths[index]] / math.log(2)
                found[index] = TuneBits(float(levels[index]), bits)
        return [found[index] for index in range(len(tunes))]

    def _bits_of_levels(self, tunes: TokenizedTunes) -> float:
        return float(self._bits_of_each_level(tunes).sum())

    def _bits_of_each_level(self, tunes: TokenizedTunes) -> NDArray[np.float64]:
        if not self._network.knows_levels:
            return np.zeros(len(tunes))
        shares = np.where(tunes.metrical, self._metrical_share, 1 - self._metrical_share)
        return -np.log2(shares)


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
class MeasuredTune:
    """A tune as the network reads it, by its number among all of its source, and its bits."""

    source: str
    number: int
    text: str
    notes: int
    bits: TuneBits


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
    run, network, evaluator = _open_run(path)
    found = _read_inputs(run, inputs, column)
    sources = [
        SourceEvaluation(source, evaluator.bits(chosen), notes)
        for tunes in found
        for source in sorted(set(tunes.sources))
        for chosen, notes in [tunes.of_source(source, run, network)]
    ]
    total = Bits(
        sum(each.bits.total for each in sources),
        sum(each.bits.characters for each in sources),
        sum(each.bits.tunes for each in sources),
    )
    whole = SourceEvaluation("all", total, sum(each.notes for each in sources))
    return RunEvaluation(tuple(sources), whole, _all_not_taken(found))


def evaluate_tunes(
    path: Path, *inputs: Path, column: str = ""
) -> tuple[list[MeasuredTune], Mapping[str, int]]:
    """Measure the run at `path` on each of the tunes that `evaluate` takes; and what it does not take.

    Raises:
        UsageError: the run or an input cannot be read, or there is no tune that the run can read.
    """
    run, network, evaluator = _open_run(path)
    found = _read_inputs(run, inputs, column)
    measured: list[MeasuredTune] = []
    for tunes in found:
        if tunes.texts:
            bits = evaluator.bits_of_tunes(tunes.tokenized(range(len(tunes.texts)), run, network))
            known = (tunes.sources, tunes.numbers, tunes.texts, tunes.notes)
            measured += map(MeasuredTune, *known, bits)
    return measured, _all_not_taken(found)


def _open_run(path: Path) -> tuple[RunDirectory, Network, Evaluator]:
    run = RunDirectory.open(path)
    network = run.load_network()
    return run, network, Evaluator(network, run.config, run.metrical_share)


def _all_not_taken(found: Iterable[_ReadTunes]) -> Counter[str]:
    return sum((tunes.not_taken for tunes in found), Counter[str]())


def _read_inputs(run: RunDirectory, inputs: Sequence[Path], column: str) -> list[_ReadTunes]:
    found = [
        _split_tunes(run, each) if _is_dataset(each) else _file_tunes(run, each, column)
        for each in inputs
    ]
    if not any(tunes.texts for tunes in found):
        told = _told(_all_not_taken(found))
        raise UsageError(f"{inputs[0]}: no tune that the run can read{told}")
    return found


@dataclass(frozen=True, slots=True)
class _ReadTunes:
    """Texts as the network reads them, with what is known of them, and the tunes that became none."""

    name: Path
    texts: list[str]
    sources: list[str]
    numbers: list[int]  # among all tunes of the input, from 1
    notes: list[int]
    metrical: list[bool]
    not_taken: Counter[str]

    def of_source(
        self, source: str, run: RunDirectory, network: Network
    ) -> tuple[TokenizedTunes, int]:
        """The tunes of one source, and the number of their notes."""
        chosen = [index for index, own in enumerate(self.sources) if own == source]
        return self.tokenized(chosen, run, network), sum(self.notes[index] for index in chosen)

    def tokenized(
        self, chosen: Sequence[int], run: RunDirectory, network: Network
    ) -> TokenizedTunes:
        """The tunes at some indices, with their aids."""
        texts = [self.texts[index] for index in chosen]
        metrical = np.array([self.metrical[index] for index in chosen])
        told = metrical if run.metrical_share < 1 else None
        tunes = tokenize_tunes(texts, run.vocabulary, self.name, told)
        return network.with_aids(tunes, run.vocabulary)


def _split_tunes(run: RunDirectory, data: Path) -> _ReadTunes:
    split = read_split(data, Manifest.load(data), "test")
    texts = [run.spelling.to_network(text) for text in split.texts]
    tokenize_tunes(texts, run.vocabulary, data)
    return _ReadTunes(
        data,
        texts,
        split.sources,
        list(range(1, len(texts) + 1)),
        split.notes.tolist(),
        split.metrical.tolist(),
        Counter(),
    )


def _file_tunes(run: RunDirectory, path: Path, column: str) -> _ReadTunes:
    """The tunes of files, as an ingestion would take them, duplicates included."""
    tunes = _ReadTunes(path, [], [], [], [], [], Counter())
    number = 0
    for file in open_tune_files(input_files([str(path)], column), Limits()):
        for found in file.tunes():
            number += 1
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
                tunes.numbers.append(number)
                tunes.notes.append(result.notes)
                tunes.metrical.append("metrical" in result.levels)
    return tunes


def _told(not_taken: Mapping[str, int]) -> str:
    counts = ", ".join(f"{count:,} {reason}" for reason, count in sorted(not_taken.items()))
    return f"; not taken: {counts}" if counts else ""


def _is_dataset(path: Path) -> bool:
    """Whether a directory is a data set, finished or not."""
    return (path / COMPLETED).is_file() or (path / MANIFEST).is_file()
