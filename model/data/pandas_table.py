"""A data set as a pandas table with a row for each tune; does not import TensorFlow."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import shards_of, values_in
from tuneloom.pipeline.dataset.schema import VALUES

__all__ = ["load_table"]


def load_table(directory: Path | str, split: str | None = None) -> pd.DataFrame:
    """The tunes of a split, or of all splits, with a column for the split and one for each feature.

    Raises:
        UsageError: the directory is not a finished data set, it has no such split, or a shard differs
            from the one in the manifest.
    """
    directory = Path(directory)
    manifest = Manifest.load(directory)
    shards = shards_of(directory, manifest, *([split] if split else manifest.splits))
    rows = [(shard.split, *values) for shard in shards for values in values_in(directory, [shard])]
    return pd.DataFrame(rows, columns=["split", *VALUES])
