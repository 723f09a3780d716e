"""The data sets that the benchmarks of the network learn from; most of them `folk` and `nottingham`."""

from __future__ import annotations

from pathlib import Path

from tuneloom.pipeline.dataset.reader import read_records
from tuneloom.pipeline.run import main as ingest

__all__ = ["data_set", "mixed_data_set", "training_texts"]

_SOURCES = ("nottingham", "folk")


def data_set(name: str, *arguments: str) -> Path:
    """The directory `data/NAME`; what is not there yet is ingested with the arguments."""
    path = Path("data", name)
    if not path.exists():
        assert ingest([*arguments, "--output", str(path)]) == 0
    return path


def mixed_data_set(profile: str = "melody") -> Path:
    """The directory of `folk` and `nottingham` together."""
    name = "mixed" if profile == "melody" else f"mixed-{profile}"
    sources = (argument for source in _SOURCES for argument in ("--source", source))
    return data_set(name, *sources, "--profile", profile)


def training_texts(split: str = "train") -> list[str]:
    """The training texts of a split."""
    return [record.abc for record in read_records(mixed_data_set(), split)]
