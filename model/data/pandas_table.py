"""A data set as a pandas table with a row for each tune; does not import TensorFlow."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_records
from tuneloom.pipeline.dataset.schema import INT64, LISTS, TEXT

__all__ = ["load_table"]


def load_table(directory: Path | str, split: str | None = None) -> pd.DataFrame:
    """The tunes of a split, or of all splits, with a column for the split and one for each feature.

    Raises:
        UsageError: the directory is not a finished data set, it has no such split, or a shard differs
            from the one in the manifest.
    """
    splits = [split] if split else list(Manifest.load(directory).splits)
    names = (*TEXT, *INT64, *LISTS)
    rows = [
        (each, *(getattr(record, name) for name in names))
        for each in splits
        for record in read_records(directory, each)
    ]
    return pd.DataFrame(rows, columns=["split", *names])
