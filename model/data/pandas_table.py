"""A data set as a pandas table, one row for each tune; loads no TensorFlow."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_records
from tuneloom.pipeline.dataset.schema import INT64, LISTS, TEXT

__all__ = ["load_table"]


def load_table(directory: Path | str, split: str | None = None) -> pd.DataFrame:
    """The tunes of a split, or of all splits, with a column for each feature and one for the split.

    Raises:
        UsageError: this is no finished data set, has no such split, or a shard is not the one that
            the manifest lists.
    """
    splits = [split] if split else list(Manifest.load(directory).splits)
    names = (*TEXT, *INT64, *LISTS)
    rows = [
        (each, *(getattr(record, name) for name in names))
        for each in splits
        for record in read_records(directory, each)
    ]
    return pd.DataFrame(rows, columns=["split", *names])
