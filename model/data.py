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

__all__ = ["read_tunes"]

_FEATURES = {"abc": tf.io.FixedLenFeature([], tf.string)}
_PARSED_AT_ONCE = 1024


def read_tunes(directory: Path, manifest: Manifest, split: str, vocabulary: Vocabulary) -> Tunes:
    """Read a split whole.

    Raises UsageError if it has no tune, if a shard is damaged or cut short, or if a tune holds a
    character that the vocabulary does not.
    """
    shards = [shard for shard in manifest.shards if shard.split == split]
    expected = sum(shard.records for shard in shards)
    if expected == 0:
        raise UsageError(f"{directory}: no tune in the split {split}; ingest more tunes")
    code_points, lengths = _read([str(directory / shard.file) for shard in shards])
    if len(lengths) != expected:
        raise UsageError(
            f"{directory}: {len(lengths)} records in the split {split}, where the manifest says "
            f"{expected}; ingest again"
        )
    return Tunes.of(_tokens(code_points, vocabulary, directory), lengths)


def _read(files: list[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The code points of all tunes end to end, and how many each tune has."""
    batches = tf.data.TFRecordDataset(files).batch(_PARSED_AT_ONCE).map(_code_points)
    try:
        points, lengths = zip(*batches.prefetch(1).as_numpy_iterator(), strict=True)
    except tf.errors.OpError as error:
        raise UsageError(f"{files[0]}: cannot be read ({error.message}); ingest again") from None
    return np.concatenate(points), np.concatenate(lengths)


def _code_points(serialized: Tensor) -> tuple[Tensor, Tensor]:
    """Serialized examples (batch,) -> code points (characters,), and how many each has (batch,)."""
    texts = tf.io.parse_example(serialized, _FEATURES)["abc"]  # (batch,)
    ragged = tf.strings.unicode_decode(texts, "UTF-8", errors="strict")
    return ragged.flat_values, ragged.row_lengths()


def _tokens(
    code_points: NDArray[np.int32], vocabulary: Vocabulary, directory: Path
) -> Tokens:
    present = "".join(map(chr, np.unique(code_points)))
    if unknown := vocabulary.unknown(present):
        listed = " ".join(map(repr, unknown))
        raise UsageError(f"{directory}: the network has never seen {listed}; train on these tunes")
    return vocabulary.tokens(code_points)
