"""Files made of tunes: the mark by which those that Tuneloom wrote are known, and what goes wrong."""

from __future__ import annotations

from pathlib import Path

__all__ = ["MARK", "UnwritableTune", "bears_mark", "is_marked_file"]

MARK = "Written by Tuneloom"
_BEGINNING = 4096  # bytes; every format has the mark in its head


class UnwritableTune(Exception):
    """A tune cannot be written in some form; the message says why."""


def bears_mark(beginning: bytes, mark: str = MARK) -> bool:
    """Whether a file that begins with these bytes, of which 4,096 are enough, was written by Tuneloom."""
    return mark.encode() in beginning[:_BEGINNING]


def is_marked_file(path: Path, mark: str = MARK) -> bool:
    """Whether there is a file that bears the mark; what is no file bears none."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return bears_mark(file.read(_BEGINNING), mark)
