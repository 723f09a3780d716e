"""What takes long to compute from the grammar is kept on disk, under a name made of all it depends on."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path

import lark

__all__ = ["grammar_text", "read_cache", "write_cache"]


@cache
def grammar_text() -> str:
    """The text of `abc.lark`."""
    return files("tuneloom.grammar").joinpath("abc.lark").read_text(encoding="utf-8")


def read_cache(name: str, sources: tuple[str, ...]) -> bytes | None:
    """What was kept under a name, made by the same sources from the same grammar; None if nothing was."""
    with suppress(OSError):
        return _path(name, sources).read_bytes()
    return None


def write_cache(name: str, sources: tuple[str, ...], data: bytes) -> None:
    """Keep it. A cache that cannot be written only costs time."""
    path = _path(name, sources)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)


def _path(name: str, sources: tuple[str, ...]) -> Path:
    """The file in the user's cache folder; `sources` are modules below grammar/ that make its content."""
    digest = hashlib.sha256(grammar_text().encode())
    digest.update(lark.__version__.encode())
    for source in sources:
        digest.update(files("tuneloom.grammar").joinpath(source).read_bytes())
    base = os.environ.get("XDG_CACHE_HOME")
    folder = Path(base) if base else Path.home() / ".cache"
    stem, dot, suffix = name.partition(".")
    return folder / "tuneloom" / f"{stem}-{digest.hexdigest()[:16]}{dot}{suffix}"
