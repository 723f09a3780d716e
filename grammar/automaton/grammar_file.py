"""The grammar file `abc.lark`, and the version of Lark that reads it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["GRAMMAR_FOLDER", "LARK_VERSION", "grammar_text", "require_lark_version"]

LARK_VERSION = "1.3.1"
"""The version that pyproject.toml pins: what is read from Lark's tables is not public there."""

GRAMMAR_FOLDER = Path(__file__).parents[1]


@cache
def grammar_text() -> str:
    """The text of `abc.lark`."""
    return GRAMMAR_FOLDER.joinpath("abc.lark").read_text(encoding="utf-8")


def require_lark_version() -> None:
    """Check that Lark has the pinned version, before anything is computed with it.

    Raises:
        ImportError: it has another.
    """
    import lark

    if lark.__version__ != LARK_VERSION:
        raise ImportError(f"the grammar needs lark {LARK_VERSION}, not {lark.__version__}")
