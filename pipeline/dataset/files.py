"""The files of a data set on disk, by name."""

from __future__ import annotations

import re

__all__ = [
    "CARD",
    "COMPLETED",
    "MANIFEST",
    "REJECTS",
    "RUN",
    "SCHEMA",
    "SPLITS",
    "STATISTICS",
    "VOUCHED",
    "is_ours",
    "shard_name",
    "split_of_shard",
]

MANIFEST = "manifest.json"
RUN = "run.json"
REJECTS = "rejects.jsonl"
SCHEMA = "schema.pbtxt"
STATISTICS = "statistics.pb"
CARD = "README.md"
COMPLETED = "COMPLETED"

VOUCHED = (MANIFEST, REJECTS, SCHEMA, STATISTICS, CARD)
"""The files that COMPLETED has the sums of; the manifest has those of the shards."""

SPLITS = {"train": 90, "validation": 5, "test": 5}
"""The splits, with the share of the tune families that each gets, in percent."""

_SHARD = re.compile(r"tunes-([a-z]+)-\d{5}-of-\d{5}\.tfrecord")


def shard_name(split: str, index: int, count: int) -> str:
    return f"tunes-{split}-{index:05}-of-{count:05}.tfrecord"


def split_of_shard(name: str) -> str:
    """The split that a file belongs to by its name; empty if it is no shard."""
    match = _SHARD.fullmatch(name)
    return match[1] if match else ""


def is_ours(name: str) -> bool:
    """Whether an ingestion writes a file of this name."""
    fixed = (MANIFEST, RUN, REJECTS, SCHEMA, STATISTICS, CARD, COMPLETED)
    return name in fixed or bool(split_of_shard(name))
