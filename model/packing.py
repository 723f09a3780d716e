"""Whole tunes packed end to end into the lanes of a batch, so that no step is spent on padding.

A lane reads `| tune | tune | … | tune |`, where each bar is the boundary token. Cut into windows,
it is read by the network with its state carried from window to window; the state is reset at each
boundary, so that every tune is read from a fresh state, which is how sampling begins."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.vocabulary import BOUNDARY

__all__ = ["Tunes", "pack", "windows"]

Tokens = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Tunes:
    """Many tunes in one array, a boundary behind each; `ends` are the offsets behind those."""

    tokens: Tokens  # (characters + tunes,)
    ends: NDArray[np.int64]  # (tunes,)

    def __len__(self) -> int:
        return len(self.ends)

    @property
    def predictions(self) -> int:
        """What there is to predict: every character and every end."""
        return len(self.tokens)

    @classmethod
    def of(cls, tunes: list[Tokens]) -> Tunes:
        """Join tunes; each is its tokens without a boundary, and none is empty."""
        joined = [part for tune in tunes for part in (tune, [BOUNDARY])]
        lengths = np.array([len(tune) + 1 for tune in tunes], dtype=np.int64)
        return cls(np.concatenate(joined, dtype=np.int32), lengths.cumsum())


def pack(tunes: Tunes, lanes: int, window: int, random: np.random.Generator) -> Tokens:
    """Deal every tune to one of `lanes` lanes, in random order; (lanes, windows * window + 1).

    Lanes that end early are filled with boundaries: a boundary behind a boundary is nothing to
    learn."""
    starts = np.append(0, tunes.ends[:-1])
    dealt = _deal(tunes.ends - starts, lanes, random)
    rows = [
        np.concatenate([[BOUNDARY], *(tunes.tokens[starts[t] : tunes.ends[t]] for t in lane)])
        for lane in dealt
    ]
    steps = -(-(max(map(len, rows)) - 1) // window)
    packed = np.full((lanes, steps * window + 1), BOUNDARY, dtype=np.int32)
    for row, filled in zip(packed, rows, strict=True):
        row[: len(filled)] = filled
    return packed


def windows(packed: Tokens, window: int) -> Iterator[Tokens]:
    """The windows of a pack in order, (lanes, window + 1) each: its inputs and, one on, targets."""
    for start in range(0, packed.shape[1] - 1, window):
        yield packed[:, start : start + window + 1]


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
