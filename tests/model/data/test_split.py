from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.split import read_split, tokenize_tunes
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.training.evaluation import evaluate
from tuneloom.model.training.schedule import Budget
from tuneloom.model.training.trainer import Trainer
from tuneloom.pipeline.dataset.manifest import Manifest

Splits = dict[str, list[str]]


def read(directory: Path, split: str) -> list[str]:
    """The texts of a split, decoded again."""
    manifest = Manifest.load(directory)
    vocabulary = Vocabulary(manifest.vocabulary)
    tunes = tokenize_tunes(read_split(directory, manifest, split).texts, vocabulary, directory)
    assert all(tunes[number][-1] == BOUNDARY for number in range(len(tunes)))
    return [vocabulary.decode(tunes[number][:-1]) for number in range(len(tunes))]


@pytest.mark.parametrize("split", ["train", "validation", "test"])
def test_every_tune_of_a_split_is_read_from_its_shards(
    data_set: Path, splits: Splits, split: str
) -> None:
    assert sorted(read(data_set, split)) == sorted(splits[split])


def test_characters_beyond_ascii_are_characters_not_bytes(
    tmp_path: Path, write_data_set: Callable[[Path, Splits], None]
) -> None:
    titled = ["T:Tá an Coileach ag fógairt an Lae\nA|\n", "T:𝄞\nA|\n"]
    write_data_set(tmp_path, {"train": titled})
    assert sorted(read(tmp_path, "train")) == sorted(titled)


def test_an_empty_split_is_refused(
    tmp_path: Path, write_data_set: Callable[[Path, Splits], None]
) -> None:
    write_data_set(tmp_path, {"train": ["A|\n"], "test": []})
    with pytest.raises(UsageError, match="no tune in the split test"):
        read(tmp_path, "test")


def test_a_flipped_byte_is_noticed_before_anything_is_trained_or_measured(
    tmp_path: Path, write_data_set: Callable[[Path, Splits], None], splits: Splits, trained: Path
) -> None:
    data = tmp_path / "set"
    write_data_set(data, splits)
    shards = [path for path in data.glob("*-00000-of-*") if path.stat().st_size]
    assert shards
    for shard in shards:
        flipped = bytearray(shard.read_bytes())
        flipped[40] ^= 1
        shard.write_bytes(flipped)
    with pytest.raises(UsageError, match="damaged record at byte 0"):
        Trainer.begin(data, tmp_path / "run", TrainingConfig(), Budget(steps=1))
    assert not (tmp_path / "run").exists()
    with pytest.raises(UsageError, match="damaged record at byte 0"):
        evaluate(trained, data)


def test_a_shard_cut_between_two_records_is_noticed(
    tmp_path: Path, write_data_set: Callable[[Path, Splits], None]
) -> None:
    write_data_set(tmp_path, {"train": ["A|\n", "B|\n", "c|\n", "d|\n"]})
    shard = min(tmp_path.glob("*.tfrecord"))
    data = shard.read_bytes()
    shard.write_bytes(data[: len(data) // 2])
    with pytest.raises(UsageError, match="holds 1 records, but the manifest lists 2"):
        read(tmp_path, "train")


def test_a_damaged_or_missing_shard_is_named(
    tmp_path: Path, write_data_set: Callable[[Path, Splits], None]
) -> None:
    write_data_set(tmp_path, {"train": ["A|\n", "B|\n"]})
    shard = max(tmp_path.glob("*.tfrecord"))
    shard.write_bytes(shard.read_bytes().replace(b"B|", b"G|"))
    with pytest.raises(UsageError, match=shard.name):
        read(tmp_path, "train")
    shard.unlink()
    with pytest.raises(UsageError, match=shard.name):
        read(tmp_path, "train")


def test_characters_that_a_network_never_saw_are_listed(data_set: Path) -> None:
    manifest = Manifest.load(data_set)
    few = Vocabulary(manifest.vocabulary.replace("M", "").replace("|", ""))
    with pytest.raises(UsageError, match=r"never seen 'M' '\|'"):
        tokenize_tunes(read_split(data_set, manifest, "train").texts, few, data_set)


def test_tokens_are_of_the_type_that_the_network_takes(data_set: Path) -> None:
    manifest = Manifest.load(data_set)
    texts = read_split(data_set, manifest, "test").texts
    tunes = tokenize_tunes(texts, Vocabulary(manifest.vocabulary), data_set)
    assert tunes.tokens.dtype == np.int32
