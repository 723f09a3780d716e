"""Files made of tunes: the mark by which those that Tuneloom wrote are known, and what goes wrong."""

from __future__ import annotations

__all__ = ["MARK", "UnwritableTune", "bears_mark"]

MARK = "Written by Tuneloom"
_BEGINNING = 4096  # bytes; every format has the mark in its head


class UnwritableTune(Exception):
    """A tune cannot be written in some form; the message says why."""


def bears_mark(beginning: bytes) -> bool:
    """Whether a file that begins with these bytes, of which 4,096 are enough, was written by Tuneloom."""
    return MARK.encode() in beginning[:_BEGINNING]
