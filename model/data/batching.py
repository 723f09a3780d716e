"""Tokenized tunes, and the two ways to arrange them in batches: packed or padded."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import BOUNDARY

__all__ = ["TokenizedTunes", "Tokens", "packed_batches", "padded_batches"]

Tokens = NDArray[np.int32]

_BUCKET = 32
"""Padded lengths are multiples of this, so that few shapes occur."""


@dataclass(frozen=True, slots=True)
class TokenizedTunes:
    """Many tunes in one array, each followed by a boundary; `ends` are the offsets after those.

    `aids` belong to the tokens as inputs: what follows from the text up to each of them.
    """

    tokens: Tokens  # (characters + tunes,)
    ends: NDArray[np.int64]  # (tunes,)
    aids: NDArray[Any]  # (characters + tunes, width)
    metrical: NDArray[np.bool_]  # (tunes,)

    @classmethod
    def of(
        cls, tokens: Tokens, lengths: NDArray[np.int64], metrical: NDArray[np.bool_] | None = None
    ) -> TokenizedTunes:
        """From the tokens of all tunes end to end, and the length of each; none may be empty.

        All are called metrical unless `metrical`, (tunes,), is given.
        """
        if metrical is None:
            metrical = np.ones(len(lengths), np.bool_)
        ends = lengths.cumsum()
        with_boundaries = np.insert(tokens, ends, BOUNDARY)
        after = ends + np.arange(1, len(ends) + 1)
        return cls(with_boundaries, after, _no_aids(with_boundaries), metrical)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, index: int) -> Tokens:
        """One tune with the boundary after it."""
        return self.tokens[self.ends[index - 1] if index else 0 : self.ends[index]]

    def with_aids(self, aids: NDArray[Any]) -> TokenizedTunes:
        """The same tunes with these aids, (characters + tunes, width)."""
        return replace(self, aids=aids)

    def take(self, indices: NDArray[np.int64]) -> TokenizedTunes:
        """The tunes at these indices, in this order."""
        positions = self.positions(indices)
        ends = self.lengths[indices].cumsum()
        return TokenizedTunes(
            self.tokens[positions], ends, self.aids[positions], self.metrical[indices]
        )

    def positions(self, indices: NDArray[np.int64]) -> NDArray[np.int64]:
        """Where the tokens of the tunes at these indices are, end to end."""
        lengths = self.lengths[indices]
        ends = lengths.cumsum()
        starts = self.ends[indices] - lengths
        return np.arange(lengths.sum()) + np.repeat(starts - (ends - lengths), lengths)

    def rows(self, rows: Iterable[NDArray[np.int64]], shape: tuple[int, int]) -> NDArray[np.int64]:
        """The positions of the tunes of each row, end to end between boundaries, in an array."""
        boundary = self.ends[0] - 1  # any is like any other
        positions = np.full(shape, boundary)
        for target, indices in zip(positions, rows, strict=False):
            found = self.positions(indices)
            target[1 : len(found) + 1] = found
        return positions

    def at(self, positions: NDArray[np.int64]) -> NetworkInputs:
        """The tokens at some positions, of any shape, with their aids."""
        return NetworkInputs(self.tokens[positions], self.aids[positions])

    @property
    def lengths(self) -> NDArray[np.int64]:
        """The number of tokens of each tune, its boundary included."""
        return np.diff(self.ends, prepend=0)


def packed_batches(
    tunes: TokenizedTunes, batch_size: int, unroll_length: int, random: np.random.Generator
) -> Iterator[NetworkInputs]:
    """All tunes packed end to end, cut into batches (batch_size, unroll_length + 1), in order.

    A row over all batches reads `| tune | tune | … | tune |`, where each bar is a boundary: the network
    carries its state from one batch to the next and resets it at each boundary. The last token of a
    batch is a target only, and the first input of the next batch. Almost nothing is padding: rows that
    end early are filled with boundaries, and a boundary after a boundary is not learned.
    """
    rows = _assign_to_rows(tunes.lengths, batch_size, random)
    inputs = max(int(tunes.lengths[row].sum()) for row in rows)
    length = -(-inputs // unroll_length) * unroll_length
    packed = tunes.rows(rows, (batch_size, length + 1))
    for start in range(0, length, unroll_length):
        yield tunes.at(packed[:, start : start + unroll_length + 1])


def padded_batches(
    tunes: TokenizedTunes, batch_size: int, random: np.random.Generator
) -> Iterator[NetworkInputs]:
    """Batches of whole tunes, (batch_size, time + 1), one in each row between two boundaries.

    Tunes of similar length share a batch. Rows are padded with boundaries, as are the rows that the last
    batch has no tune for.
    """
    order = random.permutation(len(tunes))
    order = order[np.argsort(tunes.lengths[order] // _BUCKET, kind="stable")]
    batches = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
    for number in random.permutation(len(batches)):
        longest = int(tunes.lengths[batches[number]].max())
        time = -(-longest // _BUCKET) * _BUCKET
        yield tunes.at(tunes.rows(batches[number][:, None], (batch_size, time + 1)))


def _no_aids(tokens: Tokens) -> NDArray[np.uint8]:
    return np.zeros((len(tokens), 0), np.uint8)


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
