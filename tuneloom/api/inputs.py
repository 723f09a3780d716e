"""What the functions take: the text of tunes as str or bytes, a file as a Path; and the extras they need."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from tuneloom.cli.text.input_files import InputTunebook, find_files
from tuneloom.grammar.extras import missing_extra

__all__ = ["PathInput", "TuneInput", "input_tunebooks", "needs_extra", "text_bytes"]

TuneInput = str | bytes | Path
"""The text of a tune or a tunebook, or the path of a file or a directory. A str is never a path."""

PathInput = str | Path
"""A path, where only a path makes sense."""

P = ParamSpec("P")
R = TypeVar("R")


def text_bytes(text: str | bytes) -> bytes:
    """The bytes of a text, in UTF-8."""
    return text.encode() if isinstance(text, str) else text


def input_tunebooks(tunes: TuneInput) -> list[InputTunebook]:
    """The files of a path, or the text as if it were in a file."""
    if isinstance(tunes, Path):
        return find_files([str(tunes)])
    return [InputTunebook("<text>", None, text_bytes(tunes))]


def needs_extra(extra: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function say what to install if a package of an extra is missing, in an ImportError."""

    def decorated(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def with_hint(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return function(*args, **kwargs)
            except ModuleNotFoundError as error:
                line = missing_extra(error, f"tuneloom.{function.__name__}", extra)
                if not line:
                    raise
                raise ImportError(line, name=error.name) from error

        return with_hint

    return decorated
