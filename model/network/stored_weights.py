"""The shapes of the weights in a Keras file, read without TensorFlow and without trust in the file."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import h5py

__all__ = ["BROKEN_WEIGHTS", "stored_shapes"]

BROKEN_WEIGHTS = (
    OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, OverflowError, MemoryError,
    RuntimeError, zlib.error, zipfile.BadZipFile,
)  # fmt: skip
"""What is raised when a damaged archive of arrays is read, in HDF5 or as NumPy writes them."""

_MEMBER = "model.weights.h5"
_OPTIMIZER = "optimizer/"


def stored_shapes(path: Path, most: int) -> list[tuple[int, ...]]:
    """The shapes of the weights in a file, in order of size; `most` bytes of it are read.

    Raises:
        ValueError: there are more bytes, or the weights are not numbers, or in another file.
        Exception: one of `BROKEN_WEIGHTS`; the file is damaged.
    """
    shapes: list[tuple[int, ...]] = []

    def visit(name: str, item: h5py.Group | h5py.Dataset) -> None:
        if isinstance(item, h5py.Dataset) and not name.startswith(_OPTIMIZER):
            if item.external or item.is_virtual or item.dtype.kind != "f":
                raise ValueError(f"{name} holds no weights")
            shapes.append(item.shape)

    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo(_MEMBER)
        if member.file_size > most:
            raise ValueError(f"{member.filename} is too large")
        with archive.open(member) as stream, h5py.File(stream, "r") as weights:
            weights.visititems(visit)
    return sorted(shapes)
