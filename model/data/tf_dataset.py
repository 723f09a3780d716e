"""A data set as TensorFlow's own: every feature of every record, for those who train otherwise."""

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
    """A `tf.data.Dataset` of the tunes of a split, in the order in which they stand.

    Each element is a dict: scalar `tf.string` and `tf.int64` tensors by the name of the feature, and
    `levels` and `repairs` as string tensors of shape (n,).

    Raises:
        UsageError: this is no finished data set, has no such split, or a shard is not the one that
            the manifest lists.
    """
    directory = Path(directory)
    shards = shards_of(directory, Manifest.load(directory), split)
    files = [str(directory / shard.file) for shard in shards if shard.records]
    return tf.data.TFRecordDataset(files).map(_parse, num_parallel_calls=tf.data.AUTOTUNE)


def _parse(serialized: Tensor) -> dict[str, Tensor]:
    features: dict[str, Tensor] = tf.io.parse_single_example(serialized, _FEATURES)
    return features
