"""The tunes of a data set, read from its TFRecords as the manifest lists them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from grammar.errors import UsageError
from model.backend import Tensor, tf
from model.packing import Tokens, Tunes
from model.vocabulary import Vocabulary
from pipeline.manifest import Manifest
from pipeline.reader import shards_of

__all__ = ["read_tunes"]

_FEATURES = {"abc": tf.io.FixedLenFeature([], tf.string)}
_BATCH = 1024

Points = NDArray[np.int32]
Lengths = NDArray[np.int64]


def read_tunes(directory: Path, manifest: Manifest, split: str, vocabulary: Vocabulary) -> Tunes:
    """Read a split whole.

    Raises UsageError if it has no tune, if a shard is not byte for byte the one in the manifest, or
    if a tune holds a character that the vocabulary does not.
    """
    shards = [shard for shard in shards_of(directory, manifest, split) if shard.records]
    if not shards:
        raise UsageError(f"{directory}: no tune in the split {split}; ingest more tunes")
    batches = [batch for shard in shards for batch in _read(directory / shard.file)]
    points, lengths = zip(*batches, strict=True)
    tokens = _tokens(np.concatenate(points), vocabulary, directory)
    return Tunes.of(tokens, np.concatenate(lengths))


def _read(path: Path) -> list[tuple[Points, Lengths]]:
    """The code points of a shard's tunes end to end, and how many each has, batch by batch."""
    return [
        tuple(tensor.numpy() for tensor in _code_points(serialized))
        for serialized in tf.data.TFRecordDataset(str(path)).batch(_BATCH).prefetch(1)
    ]


def _code_points(serialized: Tensor) -> tuple[Tensor, Tensor]:
    """Serialized examples (batch,) -> code points (characters,), and how many each has (batch,)."""
    texts = tf.io.parse_example(serialized, _FEATURES)["abc"]  # (batch,)
    ragged = tf.strings.unicode_decode(texts, "UTF-8", errors="strict")
    return ragged.flat_values, ragged.row_lengths()


def _tokens(code_points: NDArray[np.int32], vocabulary: Vocabulary, directory: Path) -> Tokens:
    present = "".join(map(chr, np.unique(code_points)))
    if unknown := vocabulary.unknown(present):
        listed = " ".join(map(repr, unknown))
        raise UsageError(f"{directory}: the network has never seen {listed}; train on these tunes")
    return vocabulary.tokens(code_points)
