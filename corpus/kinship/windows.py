"""Windows of a length, steps or characters, that several tunes have.

A window is known by its 64-bit hash: of 10^8 windows, two different ones get the same hash with a probability
of 0.03%. Windows are sorted to find those that recur. Where there are more than `_PER_PASS`, that is done in
passes, one for each range of hashes, so a pass takes little memory beside the tunes themselves. Every pass
hashes all windows again, so there are `_MAX_PASSES` at most, and the time grows with the tunes alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.kinship.components import Indices

__all__ = ["CommonWindows", "TuneRows", "common_windows", "powers", "window_hashes"]

_BASE = 0x9E3779B97F4A7C15  # odd, so its powers have inverses modulo 2**64
_MIX = np.uint64(0xD6E8FEB86659FD93)
_PER_PASS = 1 << 23  # about 400 MB
_MAX_PASSES = 16
_CHUNK = 1 << 20  # bytes hashed at once

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int32]  # half the memory of indices, where there is one for every window


@dataclass(frozen=True, slots=True)
class CommonWindows:
    """Windows that two or more tunes have, sorted by window and then in the order of the rows.

    `windows` numbers them, `owners` says which tune has each, and `places` where in its row.
    """

    windows: Indices
    owners: Indices
    places: Indices


@dataclass(frozen=True, slots=True)
class TuneRows:
    """Rows of bytes, each of a tune, one after the other in `codes`; a tune may have several."""

    codes: NDArray[np.uint8]
    lengths: Indices
    owners: Indices

    def windows(self, length: int) -> int:
        """How many windows of this length there are."""
        return int(np.maximum(self.lengths - length + 1, 0).sum())

    def take(self, rows: Indices, owners: Indices) -> TuneRows:
        """Some of the rows, with other owners."""
        lengths = self.lengths[rows]
        starts = (np.cumsum(self.lengths) - self.lengths)[rows]
        places = np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
        return TuneRows(self.codes[places + np.arange(len(places))], lengths, owners)

    def of(self, tunes: Indices) -> TuneRows:
        """The rows of some tunes, which are in order and get the numbers of their places in it."""
        rows = np.flatnonzero(np.isin(self.owners, tunes))
        return self.take(rows, np.searchsorted(tunes, self.owners[rows]))

    def hashed(self, length: int) -> Iterator[tuple[Hashes, Numbers, Numbers]]:
        """The hash, owner and place of every window, chunk by chunk, in the order of the rows."""
        ends = np.cumsum(self.lengths)
        start = 0
        while start < len(ends):
            before = int(ends[start] - self.lengths[start])
            stop = max(start + 1, int(np.searchsorted(ends, before + _CHUNK, "right")))
            lengths = self.lengths[start:stop]
            codes = self.codes[before : int(ends[stop - 1])]
            places = np.arange(len(codes)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
            left = np.repeat(lengths, lengths) - places
            inside = np.flatnonzero(left >= length)
            owners = np.repeat(self.owners[start:stop], lengths)[inside].astype(np.int32)
            yield window_hashes(codes, length)[inside], owners, places[inside].astype(np.int32)
            start = stop


def window_hashes(codes: NDArray[np.unsignedinteger], length: int) -> Hashes:
    """The hash of each window of a row of codes; an empty array if the row is shorter."""
    if len(codes) < length:
        return np.empty(0, np.uint64)
    weighted = (codes + np.uint64(1)) * powers(_BASE, len(codes))
    sums = np.concatenate([[np.uint64(0)], np.cumsum(weighted)])
    hashes: Hashes = sums[length:] - sums[:-length]
    hashes *= powers(pow(_BASE, -1, 2**64), len(hashes))
    return hashes


def common_windows(
    rows: TuneRows, length: int, among: Hashes | None = None
) -> Iterator[CommonWindows]:
    """The windows that two or more tunes have, in passes; `among` may limit them to some hashes, in order."""
    passes = min(-(-rows.windows(length) // _PER_PASS), _MAX_PASSES)
    if among is not None:
        passes = int(len(among) > 0 and passes > 0)
    for number in range(passes):
        parts = [
            (hashes[kept], owners[kept], places[kept])
            for hashes, owners, places in rows.hashed(length)
            for kept in [_chosen(hashes, among, number, passes)]
        ]
        yield _recurring(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _chosen(hashes: Hashes, among: Hashes | None, number: int, passes: int) -> Indices | slice:
    if among is not None:
        at = np.minimum(np.searchsorted(among, hashes), len(among) - 1)
        return np.flatnonzero(among[at] == hashes)
    if passes == 1:
        return slice(None)
    return np.flatnonzero((hashes * _MIX >> np.uint64(40)) % np.uint64(passes) == number)


def _recurring(hashes: Hashes, owners: Numbers, places: Numbers) -> CommonWindows:
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order]
    begins = np.ones(len(hashes), np.bool_)
    begins[1:] = hashes[1:] != hashes[:-1]
    starts = np.flatnonzero(begins)
    several = np.zeros(len(hashes), np.bool_)
    several[1:] = ~begins[1:] & (owners[1:] != owners[:-1])
    if len(starts):
        shared = np.logical_or.reduceat(several, starts)
        sizes = np.diff(np.append(starts, len(hashes)))
        kept = np.flatnonzero(np.repeat(shared, sizes))
    else:
        kept = starts
    windows = np.cumsum(begins)[kept] - 1
    return CommonWindows(
        windows, owners[kept].astype(np.int64), places[order[kept]].astype(np.int64)
    )


def powers(base: int, count: int) -> Hashes:
    """base ** 0, base ** 1, … modulo 2**64."""
    factors = np.full(count, base, np.uint64)
    factors[:1] = 1
    return np.cumprod(factors, dtype=np.uint64)
