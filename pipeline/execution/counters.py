"""Counters that many processes raise and one reads, to show how far a run has come."""

from __future__ import annotations

import os
from dataclasses import dataclass

from tuneloom.pipeline.storage.paths import AnyPath, RemotePath

__all__ = ["FOUND", "JUDGED", "PARTS", "Ticks"]

FOUND, PARTS, JUDGED = "found", "parts", "judged"
"""The names of the counts of a run: parts of files that there are, parts judged, and tunes judged."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """A count kept as the length of a file: appending is atomic, and needs no lock.

    It is for showing only. A bundle that a runner tries twice ticks twice; what the manifest counts
    comes from the tunes themselves. Object stores do not append, so that there nothing is counted.
    """

    path: AnyPath

    def tick(self, times: int = 1) -> None:
        if isinstance(self.path, RemotePath):
            return
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            os.write(descriptor, b"." * times)
        finally:
            os.close(descriptor)

    def count(self) -> int:
        if isinstance(self.path, RemotePath):
            return 0
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0
