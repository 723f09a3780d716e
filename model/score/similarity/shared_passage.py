"""The training tune with which a tune has its longest passage in common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tuneloom.corpus.kinship.windows import window_hashes

__all__ = ["holder_of_run"]


def holder_of_run(row: bytes, others: Sequence[bytes], length: int) -> int:
    """The index of the first other row that has a run of this length in common with a row, or -1."""
    own = np.unique(window_hashes(np.frombuffer(row, np.uint8), length))
    for index, other in enumerate(others):
        if np.isin(window_hashes(np.frombuffer(other, np.uint8), length), own).any():
            return index
    return -1
