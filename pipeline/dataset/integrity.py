"""Checksums of a data set: those that COMPLETED lists, and those of the shards.

A shard that was cut between two records passes every checksum inside it, and a shard left over from an
older run matches the same glob. Only the manifest can tell.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import BinaryIO

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.files import COMPLETED
from tuneloom.pipeline.dataset.manifest import Manifest, Shard
from tuneloom.pipeline.dataset.tfrecord import read_frames
from tuneloom.pipeline.storage.regular_files import check_regular

__all__ = ["check_shards", "read_completed_sums", "shard_problem"]


def check_shards(directory: Path, manifest: Manifest) -> None:
    """Check every shard of every split, byte for byte.

    Raises:
        UsageError: a shard differs from the one that the manifest lists.
    """
    for shard in manifest.shards:
        if problem := shard_problem(directory / shard.file, shard):
            raise UsageError(f"{directory / shard.file}: {problem}; ingest it again")


def read_completed_sums(directory: Path) -> dict[str, str]:
    """The SHA-256 of each file that COMPLETED lists (in the format of `sha256sum`), by name."""
    lines = (directory / COMPLETED).read_text(errors="replace").splitlines()
    pairs = (line.partition("  ") for line in lines)
    return {name: digest for digest, _, name in pairs}


def shard_problem(path: Path, shard: Shard) -> str:
    """How a file differs from the shard that the manifest lists; empty if it does not."""
    try:
        check_regular(path)
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == shard.sha256:
                return ""
            return _difference(file, shard)
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"


def _difference(file: BinaryIO, shard: Shard) -> str:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    records = 0
    try:
        for _ in read_frames(file):
            records += 1
    except ValueError as error:
        return f"{error}, after {records:,} of {shard.records:,} records"
    if records != shard.records:
        return f"holds {records:,} records, but the manifest lists {shard.records:,}"
    return f"its {size:,} bytes do not have the sha256 in the manifest: not the shard of this run"
