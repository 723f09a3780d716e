"""Counters that many processes increment and one reads, to show the progress of a run."""

from __future__ import annotations

import os
from dataclasses import dataclass

from tuneloom.pipeline.storage.paths import AnyPath, RemotePath

__all__ = ["FOUND", "JUDGED", "PARTS", "ProgressCounter"]

FOUND, PARTS, JUDGED = "found", "parts", "judged"
"""The counters of a run: parts of files that there are, parts judged, and tunes judged."""


@dataclass(frozen=True, slots=True)
class ProgressCounter:
    """A count kept as the length of a file: appending is atomic and needs no lock.

    It is only for display: a bundle that a runner retries is counted twice. (What the manifest counts
    comes from the tunes themselves.) Object stores cannot append, so nothing is counted there.
    """

    path: AnyPath

    def increment(self, by: int = 1) -> None:
        if isinstance(self.path, RemotePath):
            return
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            os.write(descriptor, b"." * by)
        finally:
            os.close(descriptor)

    def value(self) -> int:
        if isinstance(self.path, RemotePath):
            return 0
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0
