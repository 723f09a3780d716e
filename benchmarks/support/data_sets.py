"""The data sets that the network is trained on, most of them made of `folk` and `nottingham`."""

from __future__ import annotations

from pathlib import Path

from tuneloom.pipeline.dataset.reader import read_records
from tuneloom.pipeline.run import main as ingest

__all__ = ["data_set", "mixed_data_set", "training_texts"]

_SOURCES = ("nottingham", "folk")


def data_set(name: str, *arguments: str) -> Path:
    """The directory `data/NAME`, ingested with the arguments if it does not exist yet."""
    path = Path("data", name)
    if not path.exists():
        assert ingest([*arguments, "--output", str(path)]) == 0
    return path


def mixed_data_set(profile: str = "melody") -> Path:
    """The data set made of `folk` and `nottingham`."""
    name = "mixed" if profile == "melody" else f"mixed-{profile}"
    sources = (argument for source in _SOURCES for argument in ("--source", source))
    return data_set(name, *sources, "--profile", profile)


def training_texts(split: str = "train") -> list[str]:
    """The training texts of a split of that data set."""
    return [record.abc for record in read_records(mixed_data_set(), split)]
