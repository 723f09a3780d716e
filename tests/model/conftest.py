"""Small tunes, a data set made of them, and a network small enough to train in a moment.

TensorFlow is imported in the fixtures, because the tests of model/score do without it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tuneloom.corpus.record import Record
from tuneloom.model.network.config import TrainingConfig
from tuneloom.pipeline.dataset.files import COMPLETED, MANIFEST, shard_name
from tuneloom.pipeline.dataset.manifest import (
    SCHEMA_VERSION,
    Counts,
    Manifest,
    ManifestSplit,
    Shard,
)
from tuneloom.pipeline.dataset.shards import join_pieces, write_piece

Splits = dict[str, list[str]]


@pytest.fixture(scope="session")
def splits() -> Splits:
    """Sixty training tunes, six to validate and six to test on."""
    bars = [f"{a}{b}{c} {c}{b}{a}|" for a in "ABCDEF" for b in "GABc" for c in "def"]
    tunes = [f"M:6/8\nL:1/8\nK:D\n{bar}{bar[0]}6|\n" for bar in bars]
    return {"train": tunes[:60], "validation": tunes[60:66], "test": tunes[66:]}


@pytest.fixture(scope="session")
def tiny() -> TrainingConfig:
    return TrainingConfig(
        embedding=8,
        units=16,
        dropout=0.1,
        batch_size=4,
        unroll_length=16,
        learning_rate=0.03,
        warmup=5,
    )


@pytest.fixture(scope="session")
def plain(tiny: TrainingConfig) -> TrainingConfig:
    """The same without aids."""
    return replace(tiny, architecture="plain")


@pytest.fixture(scope="session")
def data_set(splits: Splits, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tunes as a finished data set; for reading only."""
    directory = tmp_path_factory.mktemp("data")
    _write_data_set(directory, splits)
    return directory


@pytest.fixture(scope="session")
def leveled(
    splits: Splits, tiny: TrainingConfig, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """A data set whose tunes are metrical if they begin with A, and a short run on it; for reading only."""
    from tuneloom.model.training.schedule import Budget
    from tuneloom.model.training.trainer import Trainer

    data, path = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("runs") / "leveled"
    metrical = frozenset(t for tunes in splits.values() for t in tunes if "K:D\nA" in t)
    _write_data_set(data, splits, metrical)
    Trainer.begin(data, path, tiny, Budget(steps=300)).fit(lambda _: None)
    return data, path


@pytest.fixture(scope="session")
def write_data_set() -> Callable[[Path, Splits], None]:
    """A function that writes tunes as a finished data set with these very splits."""
    return _write_data_set


@pytest.fixture(scope="session")
def trained(data_set: Path, tiny: TrainingConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a short run on that data set; for reading only."""
    from tuneloom.model.training.schedule import Budget
    from tuneloom.model.training.trainer import Trainer

    path = tmp_path_factory.mktemp("runs") / "short"
    Trainer.begin(data_set, path, tiny, Budget(steps=300)).fit(lambda _: None)
    return path


def _write_data_set(
    directory: Path, splits: Splits, metrical: frozenset[str] = frozenset()
) -> None:
    directory.mkdir(exist_ok=True)
    shards = [
        _write_shard(directory, shard_name(split, number, 2), tunes[number::2], metrical)
        for split, tunes in splits.items()
        for number in range(2)
    ]
    texts = {split: "".join(tunes) for split, tunes in splits.items()}
    count = sum(map(len, splits.values()))
    manifest = Manifest(
        schema_version=SCHEMA_VERSION,
        profile="melody",
        grammar="",
        options={},
        sources=(),
        vocabulary="".join(sorted(set("".join(texts.values())))),
        counts=Counts(read=count, taken=count, duplicates=0, rejects={}),
        as_found={},
        splits={split: ManifestSplit(len(splits[split]), len(texts[split])) for split in splits},
        shards=tuple(shards),
    )
    (directory / MANIFEST).write_bytes(manifest.to_json())
    (directory / COMPLETED).write_text(f"{manifest.sha256}  {MANIFEST}\n")


def _write_shard(directory: Path, name: str, tunes: list[str], metrical: frozenset[str]) -> Shard:
    records = [_record(tune, ("metrical",) if tune in metrical else ()) for tune in tunes]
    piece = write_piece(directory / "piece", 0, records)
    shard = join_pieces(directory, name, [piece])
    (directory / "piece").unlink()
    return shard


def _record(abc: str, more_levels: tuple[str, ...]) -> Record:
    identity = hashlib.sha256(abc.encode()).hexdigest()[:16]
    return Record(
        abc=abc,
        id=identity,
        family=identity,
        source="book",
        path="book.abc",
        license="not stated",
        offset=0,
        row=0,
        title="",
        rhythm="",
        meter="",
        unit_note_length="",
        tonic="",
        mode="",
        bars=0,
        notes=sum(character in "ABCDEFGabcdefg" for character in abc.partition("K:")[2]),
        levels=("parseable", "sound", *more_levels),
        repairs=(),
    )
