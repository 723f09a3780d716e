"""The columns of the aids of a data set, kept in the user's cache.

To compute those of some ten thousand tunes takes as long as to import TensorFlow, and every run on a data set
asks for the same.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.training_text.keys import one_tonic
from tuneloom.grammar.automaton.disk_cache import cache_folder, write_whole
from tuneloom.grammar.tune import durations, key, pitch
from tuneloom.model.aids.catalogue import AIDS
from tuneloom.model.aids.columns import aid_columns
from tuneloom.model.aids.layout import AidLayout
from tuneloom.model.aids.reading.tunes_read import token_type
from tuneloom.model.data import vocabulary as vocabulary_module
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["saved_aid_columns"]

_MARK = b"columns of aids, written by tuneloom\n"
_SUM_BYTES = 4
_LEAST_TOKENS = 100_000
"""Columns of fewer tokens are computed in no time."""
_MAX_BYTES = 2**28
"""Of all files together."""
_OUR_FOLDER = Path(__file__).parent
_OTHER_SOURCES = (one_tonic, durations, key, pitch, vocabulary_module)


def saved_aid_columns(
    names: Sequence[str],
    vocabulary: Vocabulary,
    tunes: TokenizedTunes,
    *,
    in_one_tonic: bool = False,
) -> NDArray[np.unsignedinteger]:
    """As `aid_columns`, which computes them where the cache does not have them, or not undamaged.

    The array may be read-only. Nothing is said where the cache cannot be written.

    Raises:
        UsageError: an aid is unknown.
    """
    shape = len(tunes.tokens), AidLayout.of(names).width
    size = shape[0] * shape[1] * np.dtype(token_type(vocabulary)).itemsize
    if shape[0] < _LEAST_TOKENS or not 0 < size <= _MAX_BYTES // 2 or not _are_ours(names):
        return aid_columns(names, vocabulary, tunes, in_one_tonic=in_one_tonic)
    name = f"aids-{_digest(names, vocabulary, tunes, in_one_tonic)}"
    if found := _load_columns(name, size):
        saved: NDArray[np.unsignedinteger] = np.frombuffer(found, token_type(vocabulary))
        return saved.reshape(shape)
    columns = aid_columns(names, vocabulary, tunes, in_one_tonic=in_one_tonic)
    _save_columns(name, columns.tobytes())
    return columns


def _are_ours(names: Sequence[str]) -> bool:
    """Whether all aids are those of the package, whose sources are a part of the name of a file."""
    ours = __name__.rpartition(".")[0] + "."
    return all(AIDS.find(name).__module__.startswith(ours) for name in names)


def _digest(
    names: Sequence[str], vocabulary: Vocabulary, tunes: TokenizedTunes, in_one_tonic: bool
) -> str:
    """Of all that the columns follow from."""
    digest = hashlib.sha256(_digest_of_sources())
    digest.update(repr((tuple(names), vocabulary.characters, in_one_tonic)).encode())
    for array in (tunes.tokens, tunes.ends, tunes.metrical):
        digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()[:32]


@cache
def _digest_of_sources() -> bytes:
    others = [Path(module.__file__ or "") for module in _OTHER_SOURCES]
    digest = hashlib.sha256()
    for path in (*sorted(_OUR_FOLDER.rglob("*.py")), *others):
        digest.update(path.read_bytes())
    return digest.digest()


def _load_columns(name: str, size: int) -> memoryview | None:
    """The columns in a file of the cache; None where there is no such file, or one that is damaged."""
    with suppress(OSError, RuntimeError):  # nothing can be read there, or there is no home
        path = cache_folder() / name
        start = len(_MARK) + _SUM_BYTES
        if (
            not path.is_file() or path.stat().st_size != start + size
        ):  # a pipe would keep us waiting
            return None
        data = path.read_bytes()
        columns = memoryview(data)[start:]
        if data[:start] == _MARK + _sum(columns):
            os.utime(path)  # of files that are used, the last stay
            return columns
    return None


def _save_columns(name: str, columns: bytes) -> None:
    with suppress(OSError, RuntimeError):
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, b"".join((_MARK, _sum(columns), columns)))
        total = 0
        for _, size, path in sorted(_marked_files(folder), reverse=True):
            total += size
            if total > _MAX_BYTES:
                path.unlink(missing_ok=True)


def _marked_files(folder: Path) -> Iterator[tuple[float, int, Path]]:
    """The files with our mark: when each was used, and its size."""
    for path in folder.glob("aids-*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                is_ours = file.read(len(_MARK)) == _MARK
            if is_ours:
                status = path.stat()
                yield status.st_mtime, status.st_size, path


def _sum(columns: bytes | memoryview) -> bytes:
    return zlib.crc32(columns).to_bytes(_SUM_BYTES)
