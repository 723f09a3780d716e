"""Tokenized tunes, and the two ways to arrange them in batches: packed or padded."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.data.vocabulary import BOUNDARY

__all__ = ["TokenizedTunes", "Tokens", "packed_batches", "padded_batches"]

Tokens = NDArray[np.int32]

_BUCKET = 32
"""Padded lengths are multiples of this, so that few shapes occur."""


@dataclass(frozen=True, slots=True)
class TokenizedTunes:
    """Many tunes in one array, each followed by a boundary; `ends` are the offsets after those."""

    tokens: Tokens  # (characters + tunes,)
    ends: NDArray[np.int64]  # (tunes,)

    @classmethod
    def of(cls, tokens: Tokens, lengths: NDArray[np.int64]) -> TokenizedTunes:
        """From the tokens of all tunes end to end, and the length of each; none may be empty."""
        ends = lengths.cumsum()
        return cls(np.insert(tokens, ends, BOUNDARY), ends + np.arange(1, len(ends) + 1))

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, index: int) -> Tokens:
        """One tune with the boundary after it."""
        return self.tokens[self.ends[index - 1] if index else 0 : self.ends[index]]

    def take(self, indices: NDArray[np.int64]) -> TokenizedTunes:
        """The tunes at these indices, in this order."""
        lengths = self.lengths[indices]
        ends = lengths.cumsum()
        starts = self.ends[indices] - lengths
        positions = np.arange(lengths.sum()) + np.repeat(starts - (ends - lengths), lengths)
        return TokenizedTunes(self.tokens[positions], ends)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """The number of tokens of each tune, its boundary included."""
        return np.diff(self.ends, prepend=0)


def packed_batches(
    tunes: TokenizedTunes, batch_size: int, unroll_length: int, random: np.random.Generator
) -> Iterator[Tokens]:
    """All tunes packed end to end, cut into batches (batch_size, unroll_length + 1), in order.

    A row over all batches reads `| tune | tune | … | tune |`, where each bar is a boundary: the network
    carries its state from one batch to the next and resets it at each boundary. The last token of a
    batch is a target only, and the first input of the next batch. Almost nothing is padding: rows that
    end early are filled with boundaries, and a boundary after a boundary is not learned.
    """
    rows = [
        np.concatenate([[BOUNDARY], *(tunes[index] for index in indices)])
        for indices in _assign_to_rows(tunes.lengths, batch_size, random)
    ]
    inputs = max(map(len, rows)) - 1
    length = -(-inputs // unroll_length) * unroll_length
    packed = np.full((batch_size, length + 1), BOUNDARY, dtype=np.int32)
    for target, row in zip(packed, rows, strict=True):
        target[: len(row)] = row
    for start in range(0, length, unroll_length):
        yield packed[:, start : start + unroll_length + 1]


def padded_batches(
    tunes: TokenizedTunes, batch_size: int, random: np.random.Generator
) -> Iterator[Tokens]:
    """Batches of whole tunes, (batch_size, time + 1), one in each row between two boundaries.

    Tunes of similar length share a batch. Rows are padded with boundaries, as are the rows that the last
    batch has no tune for.
    """
    order = random.permutation(len(tunes))
    order = order[np.argsort(tunes.lengths[order] // _BUCKET, kind="stable")]
    batches = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
    for number in random.permutation(len(batches)):
        longest = int(tunes.lengths[batches[number]].max())
        padded = np.full((batch_size, -(-longest // _BUCKET) * _BUCKET + 1), BOUNDARY, np.int32)
        for row, index in zip(padded, batches[number], strict=False):
            row[1 : tunes.lengths[index] + 1] = tunes[index]
        yield padded


def _assign_to_rows(
    lengths: NDArray[np.int64], rows: int, random: np.random.Generator
) -> list[NDArray[np.int64]]:
    """The tunes of each row: longest first to the emptiest row, then each row shuffled."""
    order = random.permutation(len(lengths))
    order = order[np.argsort(-lengths[order], kind="stable")]
    assigned: list[list[int]] = [[] for _ in range(rows)]
    emptiest = [(0, row) for row in range(rows)]
    for index in order:
        filled, row = emptiest[0]
        assigned[row].append(index)
        heapq.heapreplace(emptiest, (filled + int(lengths[index]), row))
    return [random.permutation(np.array(indices, dtype=np.int64)) for indices in assigned]
