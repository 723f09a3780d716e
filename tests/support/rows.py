"""Rows of bytes for tests of what tunes have in common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tuneloom.corpus.kinship.windows import TuneRows

__all__ = ["joined_rows"]


def joined_rows(rows: Sequence[bytes], owners: Sequence[int] | None = None) -> TuneRows:
    """The rows one after the other; without owners, each is of a tune of its own."""
    return TuneRows(
        np.frombuffer(b"".join(rows), np.uint8),
        np.array([len(row) for row in rows], np.int64),
        np.arange(len(rows)) if owners is None else np.array(owners, np.int64),
    )
