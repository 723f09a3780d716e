"""What a run reads from its data set."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tuneloom.model.aids.columns import aid_columns
from tuneloom.model.data.augmentation import TransposedTunes
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.split import read_split, tokenize_tunes
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.catalogue import ARCHITECTURES
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.headers import TrainedHeaders
from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = ["TrainingInputs"]


@dataclass(frozen=True, slots=True)
class TrainingInputs:
    """The training tunes, their headers and the validation tunes."""

    tunes: TransposedTunes
    headers: TrainedHeaders
    characters: int
    """Characters and tune ends of the training tunes."""
    validation: TokenizedTunes | None
    """None if the data set is too small to have any."""

    @classmethod
    def read(
        cls, data: Path, manifest: Manifest, config: TrainingConfig, vocabulary: Vocabulary
    ) -> TrainingInputs:
        """Read the splits of the data set in `data`.

        Raises:
            UsageError: it has no tunes of the config's level, or they have unknown characters.
        """
        aids = ARCHITECTURES.find(config.architecture)().aids_of(config)
        aids_of = partial(aid_columns, aids, vocabulary)
        texts = read_split(data, manifest, "train", config.level).texts
        validation = None
        if any(shard.records for shard in manifest.shards if shard.split == "validation"):
            validation_texts = read_split(data, manifest, "validation", config.level).texts
            validation = tokenize_tunes(validation_texts, vocabulary, data)
            validation = validation.with_aids(aids_of(validation))
        return cls(
            TransposedTunes.of(
                texts, vocabulary, data, transpose=config.transpose, aids_of=aids_of
            ),
            TrainedHeaders.of(texts),
            sum(len(text) + 1 for text in texts),
            validation,
        )
