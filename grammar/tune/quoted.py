"""Quoted text in music: chord symbols (4.18) and annotations (4.19)."""

from __future__ import annotations

import re

__all__ = ["is_annotation", "is_chord_symbol"]

_NOTE = r"[A-Ga-g][#b♯♭=]?"
_CHORD = (
    rf"{_NOTE}(?:m|M|min|maj|dim|aug|sus|add|ma|mi|o|°|ø|\+|-|#|b|[0-9]|\([^()]*\))*(?:/{_NOTE})?"
)
_SYMBOL = re.compile(rf"\(?{_CHORD}\)?(?:\s*[(;,/]?\s*{_CHORD}\)?)*|N\.?C\.?")


def is_annotation(text: str) -> bool:
    """Text with a sign before it that says where it is written."""
    return text.startswith(("^", "_", "<", ">", "@"))


def is_chord_symbol(text: str) -> bool:
    """A root, a kind and a bass, such as `Am7/G`; an alternative in brackets may follow."""
    return _SYMBOL.fullmatch(text.strip()) is not None
