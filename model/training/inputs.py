"""What a run reads from its data set."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.model.aids.columns import aid_columns
from tuneloom.model.aids.saved_columns import saved_aid_columns
from tuneloom.model.data.augmentation import TransposedTunes
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.spelling import Spelling
from tuneloom.model.data.split import SplitTunes, read_split, tokenize_tunes
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.catalogue import ARCHITECTURES
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.headers import TrainedHeaders
from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = ["TrainingInputs"]

_MIN_METRICAL = 0.05
"""A network that is asked for metrical tunes must have seen some: at least this share of the tunes."""


@dataclass(frozen=True, slots=True)
class TrainingInputs:
    """The training tunes, their headers, the validation tunes, and the vocabulary of all of them."""

    tunes: TransposedTunes
    headers: TrainedHeaders
    metrical_share: float
    """What is told of the levels of the training tunes: the estimate of Krichevsky and Trofimov (1981), which
    is less than 1, or 1 where nothing is told because hardly any are metrical."""
    characters: int
    """Characters and tune ends of the training tunes, as the network reads them."""
    validation: TokenizedTunes | None
    """None if the data set is too small to have any."""

    vocabulary: Vocabulary

    @classmethod
    def read(
        cls,
        data: Path,
        manifest: Manifest,
        config: TrainingConfig,
        vocabulary: Vocabulary,
        *,
        extends: bool = False,
    ) -> TrainingInputs:
        """Read the splits of the data set in `data`; `extends` adds what they need to the vocabulary.

        Raises:
            UsageError: it has no tunes of the config's level, or they have unknown characters.
        """
        spelling = Spelling.of(config.keys)
        found = read_split(data, manifest, "train", config.level)
        texts = [spelling.to_network(text) for text in found.texts]
        share = _metrical_share(found.metrical)
        kept_back = _split_if_any(data, manifest, "validation", config.level)
        validation_texts = [spelling.to_network(text) for text in kept_back.texts]
        if extends:
            of_test = _split_if_any(data, manifest, "test").texts
            test_texts = [spelling.to_network(text) for text in of_test]
            texts_of_data = [manifest.vocabulary, *texts, *validation_texts, *test_texts]
            vocabulary = vocabulary.union(Vocabulary("".join(set().union(*texts_of_data))))
        aids = ARCHITECTURES.find(config.architecture)().aids_of(config)
        # Of many keys, each epoch draws others.
        columns_of = aid_columns if config.keys == "many" else saved_aid_columns
        aids_of = partial(columns_of, aids, vocabulary, in_one_tonic=spelling.in_one_tonic)
        validation = None
        if validation_texts:
            told = kept_back.metrical if share < 1 else None
            validation = tokenize_tunes(validation_texts, vocabulary, data, told)
            validation = validation.with_aids(aids_of(validation))
        return cls(
            TransposedTunes.of(
                texts,
                vocabulary,
                data,
                transpose=config.keys == "many",
                metrical=found.metrical if share < 1 else None,
                aids_of=aids_of,
            ),
            TrainedHeaders.of(found.texts),
            share,
            sum(len(text) + 1 for text in texts),
            validation,
            vocabulary,
        )


def _metrical_share(metrical: NDArray[np.bool_]) -> float:
    found = (float(metrical.sum()) + 0.5) / (len(metrical) + 1)
    return found if found >= _MIN_METRICAL else 1.0


def _split_if_any(
    data: Path, manifest: Manifest, split: str, level: Level = "parseable"
) -> SplitTunes:
    """The tunes of a split; none if the data set is too small to have any."""
    if not any(shard.records for shard in manifest.shards if shard.split == split):
        return SplitTunes([], [], np.zeros(0, np.int64), np.zeros(0, np.bool_))
    return read_split(data, manifest, split, level)
