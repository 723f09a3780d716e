"""How large a file and a tune may be; what is larger becomes a reject."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Far above any tunebook: the largest have tens of megabytes, and tunes a few thousand characters."""

    file_bytes: int = 64_000_000  # of a file, after unpacking
    expansion: int = 200  # bytes after unpacking for each byte before; text has 3 to 10
    tune_characters: int = 100_000
