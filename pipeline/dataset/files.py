"""Names of the files in a data set and of its splits."""

from __future__ import annotations

import re

__all__ = [
    "CARD",
    "CHECKED_FILES",
    "COMPLETED",
    "CROISSANT",
    "MANIFEST",
    "REJECTS",
    "RUN",
    "SCHEMA",
    "SPLITS",
    "STATISTICS",
    "is_dataset_file",
    "shard_name",
    "split_of_shard",
]

MANIFEST = "manifest.json"
RUN = "run.json"
REJECTS = "rejects.jsonl"
SCHEMA = "schema.pbtxt"
STATISTICS = "statistics.pb"
CARD = "README.md"
CROISSANT = "croissant.json"
COMPLETED = "COMPLETED"

CHECKED_FILES = (MANIFEST, REJECTS, SCHEMA, STATISTICS, CARD, CROISSANT)
"""The files whose checksums are in COMPLETED; those of the shards are in the manifest."""

SPLITS = ("train", "validation", "test")

_SHARD = re.compile(r"tunes-([a-z]+)-\d{5}-of-\d{5}\.tfrecord")


def shard_name(split: str, index: int, count: int) -> str:
    return f"tunes-{split}-{index:05}-of-{count:05}.tfrecord"


def split_of_shard(name: str) -> str:
    """The split that a file name belongs to, or an empty string if it is not a shard."""
    match = _SHARD.fullmatch(name)
    return match[1] if match else ""


def is_dataset_file(name: str) -> bool:
    """Whether an ingestion writes a file of this name."""
    fixed = (MANIFEST, RUN, REJECTS, SCHEMA, STATISTICS, CARD, CROISSANT, COMPLETED)
    return name in fixed or bool(split_of_shard(name))
