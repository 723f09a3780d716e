"""Whole tunes packed end to end into the lanes of a batch, so that no step is spent on padding.

A lane reads `| tune | tune | … | tune |`, where each bar is the boundary token. Cut into windows,
it is read by the network with its state carried from window to window; the state is reset at each
boundary, so that every tune is read from a fresh state, which is how sampling begins.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.data.vocabulary import BOUNDARY

__all__ = ["Tokens", "Tunes", "pack", "rows", "windows"]

Tokens = NDArray[np.int32]

_BUCKET = 32


@dataclass(frozen=True, slots=True)
class Tunes:
    """Many tunes in one array, a boundary behind each; `ends` are the offsets behind those."""

    tokens: Tokens  # (characters + tunes,)
    ends: NDArray[np.int64]  # (tunes,)

    @classmethod
    def of(cls, tokens: Tokens, lengths: NDArray[np.int64]) -> Tunes:
        """From the tokens of all tunes end to end, and how many each has; none is empty."""
        ends = lengths.cumsum()
        return cls(np.insert(tokens, ends, BOUNDARY), ends + np.arange(1, len(ends) + 1))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> Tokens:
        """One tune with the boundary behind it."""
        return self.tokens[self.ends[number - 1] if number else 0 : self.ends[number]]

    def take(self, numbers: NDArray[np.int64]) -> Tunes:
        """These tunes, in this order."""
        lengths = self.lengths[numbers]
        ends = lengths.cumsum()
        begins = self.ends[numbers] - lengths
        places = np.arange(lengths.sum()) + np.repeat(begins - (ends - lengths), lengths)
        return Tunes(self.tokens[places], ends)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many tokens each tune has, its boundary among them."""
        return np.diff(self.ends, prepend=0)


def pack(tunes: Tunes, lanes: int, window: int, random: np.random.Generator) -> Tokens:
    """Deal every tune to one of `lanes` lanes, in random order: (lanes, windows * window + 1).

    Lanes that end early are filled with boundaries: one right behind another is nothing to learn.
    """
    rows = [
        np.concatenate([[BOUNDARY], *(tunes[number] for number in lane)])
        for lane in _deal(tunes.lengths, lanes, random)
    ]
    inputs = max(map(len, rows)) - 1
    padded = -(-inputs // window) * window
    packed = np.full((lanes, padded + 1), BOUNDARY, dtype=np.int32)
    for row, filled in zip(packed, rows, strict=True):
        row[: len(filled)] = filled
    return packed


def windows(packed: Tokens, window: int) -> Iterator[Tokens]:
    """The windows of a pack in order, (lanes, window + 1) each: inputs and, one on, targets."""
    for start in range(0, packed.shape[1] - 1, window):
        yield packed[:, start : start + window + 1]


def rows(tunes: Tunes, batch: int, random: np.random.Generator) -> Iterator[Tokens]:
    """Batches of whole tunes, one a row with a boundary at either end, in random order.

    Tunes of about the same length share a batch, `batch` of them but for the last one, and what is
    left of their rows is filled with boundaries, to a multiple of 32 so that few shapes occur.
    """
    order = random.permutation(len(tunes))
    order = order[np.argsort(tunes.lengths[order] // _BUCKET, kind="stable")]
    batches = [order[start : start + batch] for start in range(0, len(order), batch)]
    for number in random.permutation(len(batches)):
        longest = int(tunes.lengths[batches[number]].max())
        packed = np.full((batch, -(-longest // _BUCKET) * _BUCKET + 1), BOUNDARY, np.int32)
        for row, tune in zip(packed, batches[number], strict=False):
            row[1 : tunes.lengths[tune] + 1] = tunes[tune]
        yield packed


def _deal(
    lengths: NDArray[np.int64], lanes: int, random: np.random.Generator
) -> list[NDArray[np.int64]]:
    """The tunes of each lane: longest first to the emptiest lane, then each lane shuffled."""
    order = random.permutation(len(lengths))
    order = order[np.argsort(-lengths[order], kind="stable")]
    hands: list[list[int]] = [[] for _ in range(lanes)]
    emptiest = [(0, lane) for lane in range(lanes)]
    for tune in order:
        filled, lane = emptiest[0]
        hands[lane].append(tune)
        heapq.heapreplace(emptiest, (filled + int(lengths[tune]), lane))
    return [random.permutation(np.array(hand, dtype=np.int64)) for hand in hands]
