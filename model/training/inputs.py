"""What a run reads from its data set."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.model.aids.columns import aid_columns
from tuneloom.model.data.augmentation import TransposedTunes
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.spelling import Spelling
from tuneloom.model.data.split import read_split, tokenize_tunes
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.catalogue import ARCHITECTURES
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.headers import TrainedHeaders
from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = ["TrainingInputs"]


@dataclass(frozen=True, slots=True)
class TrainingInputs:
    """The training tunes, their headers, the validation tunes, and the vocabulary of all of them."""

    tunes: TransposedTunes
    headers: TrainedHeaders
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
        found = read_split(data, manifest, "train", config.level).texts
        texts = [spelling.to_network(text) for text in found]
        validation_texts = _texts_if_any(data, manifest, "validation", spelling, config.level)
        if extends:
            test_texts = _texts_if_any(data, manifest, "test", spelling)
            texts_of_data = [manifest.vocabulary, *texts, *validation_texts, *test_texts]
            vocabulary = vocabulary.union(Vocabulary("".join(set().union(*texts_of_data))))
        aids = ARCHITECTURES.find(config.architecture)().aids_of(config)
        aids_of = partial(aid_columns, aids, vocabulary, in_one_tonic=spelling.in_one_tonic)
        validation = None
        if validation_texts:
            validation = tokenize_tunes(validation_texts, vocabulary, data)
            validation = validation.with_aids(aids_of(validation))
        return cls(
            TransposedTunes.of(
                texts, vocabulary, data, transpose=config.keys == "many", aids_of=aids_of
            ),
            TrainedHeaders.of(found),
            sum(len(text) + 1 for text in texts),
            validation,
            vocabulary,
        )


def _texts_if_any(
    data: Path, manifest: Manifest, split: str, spelling: Spelling, level: Level = "parseable"
) -> list[str]:
    """The texts of a split as the network reads them; none if the data set is too small to have any."""
    if not any(shard.records for shard in manifest.shards if shard.split == split):
        return []
    return [spelling.to_network(text) for text in read_split(data, manifest, split, level).texts]
