"""Keeps on disk what takes long to compute from the grammar, under a name made of all it depends on.

A file begins with the checksum of the rest: a single digit that is another one would change what a tune is.
"""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.util import source_hash
from pathlib import Path

from tuneloom.grammar.automaton.grammar_file import GRAMMAR_FOLDER, LARK_VERSION, grammar_text

__all__ = ["cache_folder", "read_cache", "write_cache", "write_whole"]

_OWN_SOURCE = "automaton/disk_cache.py"
_MOST_BYTES = 2**24  # which is many times what there is to keep


def cache_folder() -> Path:
    """The folder of the user's cache that is ours; it may not be there yet.

    Raises:
        RuntimeError: there is no home folder.
    """
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "tuneloom"


def read_cache(name: str, sources: tuple[str, ...]) -> bytes | None:
    """What the same sources once computed from the same grammar; None if it is not in the cache, or damaged.

    `sources` are the modules below grammar/ that compute it.
    """
    with suppress(OSError, RuntimeError):  # no file, or no home folder
        path = _cache_path(name, sources)
        if path.is_file():  # a pipe would keep us waiting
            with path.open("rb") as file:
                checksum, _, data = file.read(_MOST_BYTES).partition(b"\n")
            return data if checksum == _checksum(data) else None
    return None


def write_cache(name: str, sources: tuple[str, ...], data: bytes) -> None:
    """Keep what was computed. If the cache cannot be written, the next process computes it again."""
    with suppress(OSError, RuntimeError):
        path = _cache_path(name, sources)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _checksum(data) + b"\n" + data)


def _checksum(data: bytes) -> bytes:
    # Python's own hash of source files is meant for accidents, not for forgers; hashlib takes 3 ms to import.
    return source_hash(data).hex().encode()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there, so that no other process reads half of it."""
    import tempfile  # not at the top: it is slow to import, and a warm cache does not need it

    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _cache_path(name: str, sources: tuple[str, ...]) -> Path:
    parts = [grammar_text().encode(), LARK_VERSION.encode()]
    parts += (GRAMMAR_FOLDER.joinpath(source).read_bytes() for source in (_OWN_SOURCE, *sources))
    stem, dot, suffix = name.partition(".")
    return cache_folder() / f"{stem}-{source_hash(b''.join(parts)).hex()}{dot}{suffix}"
