"""The TFRecord container: each record is framed by its length and two masked CRC-32C checksums."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

import google_crc32c

__all__ = ["frame", "read_frames"]

_HEADER = struct.Struct("<QI")
_FOOTER = struct.Struct("<I")
_MASK_DELTA = 0xA282EAD8
_MAX_RECORD_BYTES = 1 << 30


def frame(record: bytes) -> bytes:
    """One record as it is written to the file."""
    length = struct.pack("<Q", len(record))
    return length + _crc(length) + record + _crc(record)


def read_frames(file: BinaryIO) -> Iterator[bytes]:
    """The records of an open file. Raises ValueError, with the byte offset, if it is cut or damaged."""
    position = 0
    while header := file.read(_HEADER.size):
        if len(header) < _HEADER.size or header[8:] != _crc(header[:8]):
            raise ValueError(f"damaged record length at byte {position}")
        (length, _) = _HEADER.unpack(header)
        if length > _MAX_RECORD_BYTES:  # the checksum of a length is easily made
            raise ValueError(f"damaged record length at byte {position}")
        record, footer = file.read(length), file.read(_FOOTER.size)
        if len(record) < length or footer != _crc(record):
            raise ValueError(f"damaged record at byte {position}")
        yield record
        position += _HEADER.size + length + _FOOTER.size


def _crc(data: bytes) -> bytes:
    # Masked as the format requires: a checksum of data that holds checksums would be weak.
    crc = int(google_crc32c.value(data))
    return _FOOTER.pack(((crc >> 15 | crc << 17) + _MASK_DELTA) & 0xFFFFFFFF)
