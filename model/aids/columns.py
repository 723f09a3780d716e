"""The aids of whole tunes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.layout import AidLayout
from tuneloom.model.aids.reader import AidReader
from tuneloom.model.aids.reading.tunes_read import token_type
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary

__all__ = ["aid_columns"]

_MAX_ROWS = 4096
_MAX_CHARACTERS = 2**23  # of the rows that are read at once, so that memory is bounded


def aid_columns(
    names: Sequence[str],
    vocabulary: Vocabulary,
    tunes: TokenizedTunes,
    *,
    in_one_tonic: bool = False,
) -> NDArray[np.unsignedinteger]:
    """The columns of the aids for each token as an input, (tokens, width).

    They are what an `AidReader` with these arguments says after this token, when told which tunes are
    metrical. A boundary begins a tune, so the line of the one that ends a tune is that of a beginning.

    Raises:
        UsageError: an aid is unknown.
    """
    width = AidLayout.of(names).width
    columns = np.empty((len(tunes.tokens), width), token_type(vocabulary))
    if not width:
        return columns
    beginning = np.array([BOUNDARY], np.int32)
    new_reader = partial(AidReader, names, vocabulary, in_one_tonic=in_one_tonic)
    columns[tunes.ends - 1] = new_reader(1).advance(beginning)
    longest_first = np.argsort(-tunes.lengths, kind="stable")
    while len(longest_first):
        rows = max(1, min(_MAX_ROWS, _MAX_CHARACTERS // int(tunes.lengths[longest_first[0]])))
        _write_columns(columns, new_reader, tunes, longest_first[:rows])
        longest_first = longest_first[rows:]
    return columns


def _write_columns(
    columns: NDArray[np.unsignedinteger],
    new_reader: Callable[[int], AidReader],
    tunes: TokenizedTunes,
    indices: NDArray[np.int64],
) -> None:
    """Write those of some tunes, the longest first."""
    lengths = tunes.lengths[indices] - 1
    starts = tunes.ends[indices] - 1 - lengths
    reader = new_reader(len(indices))
    reader.tell_level(np.arange(len(indices)), tunes.metrical[indices])
    rows = len(indices)
    for time in range(lengths[0]):
        going_on = int(np.searchsorted(-lengths, -time))
        if going_on < rows:
            rows = going_on
            reader.keep(rows)
        places = starts[:rows] + time
        columns[places] = reader.advance(tunes.tokens[places])
