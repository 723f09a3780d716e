"""A data set as a `tf.data.Dataset` of all features, for training code of your own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tuneloom.model.runtime.backend import Tensor, tf
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import shards_of
from tuneloom.pipeline.dataset.schema import INT64, LISTS, TEXT

__all__ = ["load_dataset"]

_FEATURES = (
    dict.fromkeys(TEXT, tf.io.FixedLenFeature([], tf.string))
    | dict.fromkeys(INT64, tf.io.FixedLenFeature([], tf.int64))
    | {name: tf.io.RaggedFeature(tf.string) for name in LISTS}
)


def load_dataset(directory: Path | str, split: str) -> Any:
    """A `tf.data.Dataset` of the tunes of a split, in the order of the shards.

    Each element is a dict from feature names to tensors: scalar `tf.string` and `tf.int64`, and for
    `levels` and `repairs` strings of shape (n,).

    Raises:
        UsageError: the directory is not a finished data set, it has no such split, or a shard differs
            from the one in the manifest.
    """
    directory = Path(directory)
    shards = shards_of(directory, Manifest.load(directory), split)
    files = [str(directory / shard.file) for shard in shards if shard.records]
    return tf.data.TFRecordDataset(files).map(_parse_example, num_parallel_calls=tf.data.AUTOTUNE)


def _parse_example(serialized: Tensor) -> dict[str, Tensor]:
    features: dict[str, Tensor] = tf.io.parse_single_example(serialized, _FEATURES)
    return features
