"""Counts in messages."""

from __future__ import annotations

__all__ = ["count_of"]


def count_of(count: int, noun: str) -> str:
    """`1 tune`, `1,200 tunes`."""
    return f"{count:,} {noun}{'s' * (count != 1)}"
