"""The data set that the benchmarks of the network learn from: `folk` and `nottingham`, profile `melody`."""

from __future__ import annotations

from pathlib import Path

from pipeline.reader import read_records
from pipeline.run import main as ingest

__all__ = ["mixed", "texts"]

_MIXED = Path("data/mixed")


def mixed() -> Path:
    """Its directory; it is ingested where it is not there yet."""
    if not _MIXED.exists():
        sources = ("--source", "nottingham", "--source", "folk")
        assert ingest([*sources, "--output", str(_MIXED)]) == 0
    return _MIXED


def texts(split: str = "train") -> list[str]:
    """The training texts of a split."""
    return [record.abc for record in read_records(mixed(), split)]
