"""The tunes of a split, read from the TFRecord shards that the manifest lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.runtime.backend import tf
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import shards_of

__all__ = ["SplitTunes", "read_split", "tokenize_tunes"]

_FEATURES = {
    "abc": tf.io.FixedLenFeature([], tf.string),
    "source": tf.io.FixedLenFeature([], tf.string),
    "notes": tf.io.FixedLenFeature([], tf.int64),
    "levels": tf.io.RaggedFeature(tf.string),
}
_BATCH = 1024


@dataclass(frozen=True, slots=True)
class SplitTunes:
    """The tunes of a split at one level of validity, in the order of the shards."""

    texts: list[str]
    sources: list[str]
    notes: NDArray[np.int64]  # (tunes,)
    metrical: NDArray[np.bool_]  # (tunes,)

    def __len__(self) -> int:
        return len(self.texts)

    def from_source(self, source: str) -> NDArray[np.int64]:
        """The indices of the tunes from a source, (tunes,)."""
        return np.flatnonzero(np.array(self.sources) == source)


def read_split(
    directory: Path, manifest: Manifest, split: str, level: Level = "parseable"
) -> SplitTunes:
    """Read the tunes of a split that reach a level of validity.

    Raises:
        UsageError: there are none, or a shard differs from the one in the manifest.
    """
    shards = [shard for shard in shards_of(directory, manifest, split) if shard.records]
    texts: list[str] = []
    sources: list[str] = []
    notes: list[int] = []
    metrical: list[bool] = []
    for batch in _parsed_examples([directory / shard.file for shard in shards]):
        levels = batch["levels"].to_list()
        reached = np.array([level.encode() in of_tune for of_tune in levels])
        texts += [text.decode() for text in batch["abc"].numpy()[reached]]
        sources += [source.decode() for source in batch["source"].numpy()[reached]]
        notes += batch["notes"].numpy()[reached].tolist()
        metrical += [b"metrical" in of_tune for of_tune in levels if level.encode() in of_tune]
    if not texts:
        which = "" if level == "parseable" else f" is {level}"
        raise UsageError(f"{directory}: no tune in the split {split}{which}; ingest more tunes")
    return SplitTunes(texts, sources, np.array(notes, np.int64), np.array(metrical))


def tokenize_tunes(
    texts: Sequence[str],
    vocabulary: Vocabulary,
    directory: Path,
    metrical: NDArray[np.bool_] | None = None,
) -> TokenizedTunes:
    """Tokenize tunes of the data set in `directory`; `metrical`, (tunes,), says which are, by default all.

    Raises:
        UsageError: a character is not in the vocabulary.
    """
    code_points = np.frombuffer("".join(texts).encode("utf-32-le"), np.int32)
    if unknown := vocabulary.unknown("".join(map(chr, np.unique(code_points)))):
        listed = " ".join(map(repr, unknown))
        raise UsageError(f"{directory}: the network has never seen {listed}; train on these tunes")
    tokens = vocabulary.encode_code_points(code_points)
    return TokenizedTunes.of(tokens, np.array([len(text) for text in texts]), metrical)


def _parsed_examples(files: Sequence[Path]) -> Iterator[dict[str, tf.Tensor]]:
    for serialized in tf.data.TFRecordDataset([str(file) for file in files]).batch(_BATCH):
        yield tf.io.parse_example(serialized, _FEATURES)
