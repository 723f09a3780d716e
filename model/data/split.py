"""The tunes of a data set, read from its TFRecords as the manifest lists them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.batching import Tunes
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.runtime.backend import tf
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import shards_of

__all__ = ["Split", "read_split", "tokenize"]

_FEATURES = {
    "abc": tf.io.FixedLenFeature([], tf.string),
    "source": tf.io.FixedLenFeature([], tf.string),
    "notes": tf.io.FixedLenFeature([], tf.int64),
    "levels": tf.io.RaggedFeature(tf.string),
}
_BATCH = 1024


@dataclass(frozen=True, slots=True)
class Split:
    """The tunes of a split at one level of validity, in the order in which they stand."""

    texts: list[str]
    sources: list[str]
    notes: NDArray[np.int64]  # (tunes,)

    def __len__(self) -> int:
        return len(self.texts)


def read_split(
    directory: Path, manifest: Manifest, split: str, level: Level = "parseable"
) -> Split:
    """Read the tunes of a split that reach a level of validity.

    Raises UsageError if there is none, or if a shard is not byte for byte the one in the manifest.
    """
    shards = [shard for shard in shards_of(directory, manifest, split) if shard.records]
    texts: list[str] = []
    sources: list[str] = []
    notes: list[int] = []
    for batch in _batches([directory / shard.file for shard in shards]):
        reached = np.array([level.encode() in levels for levels in batch["levels"].to_list()])
        texts += [text.decode() for text in batch["abc"].numpy()[reached]]
        sources += [source.decode() for source in batch["source"].numpy()[reached]]
        notes += batch["notes"].numpy()[reached].tolist()
    if not texts:
        which = "" if level == "parseable" else f" is {level}"
        raise UsageError(f"{directory}: no tune in the split {split}{which}; ingest more tunes")
    return Split(texts, sources, np.array(notes, np.int64))


def tokenize(texts: Sequence[str], vocabulary: Vocabulary, directory: Path) -> Tunes:
    """The tokens of tunes; UsageError if one holds a character that the vocabulary does not."""
    code_points = np.frombuffer("".join(texts).encode("utf-32-le"), np.int32)
    if unknown := vocabulary.unknown("".join(map(chr, np.unique(code_points)))):
        listed = " ".join(map(repr, unknown))
        raise UsageError(f"{directory}: the network has never seen {listed}; train on these tunes")
    return Tunes.of(vocabulary.tokens(code_points), np.array([len(text) for text in texts]))


def _batches(files: Sequence[Path]) -> Iterator[dict[str, tf.Tensor]]:
    for serialized in tf.data.TFRecordDataset([str(file) for file in files]).batch(_BATCH):
        yield tf.io.parse_example(serialized, _FEATURES)
