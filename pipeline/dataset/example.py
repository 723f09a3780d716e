"""The wire format of `tf.train.Example`, written and read without TensorFlow.

The bytes are those of `SerializeToString(deterministic=True)`: features sorted by name, integers packed.
(Where one name is a prefix of another, implementations of protobuf differ in order; no two of our
features are like that.) Only lists of bytes and of 64-bit integers are supported: the data set has no
others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Example"]

_VARINT, _LENGTH = 0, 2
_BYTES_LIST, _INT64_LIST = 1, 3
_MASK64 = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Example:
    """The features of one training example, by name and by kind."""

    bytes_lists: Mapping[str, Sequence[bytes]]
    int64_lists: Mapping[str, Sequence[int]]

    def serialize(self) -> bytes:
        """The wire format; equal examples give equal bytes."""
        values = {
            **{name: _bytes_feature(items) for name, items in self.bytes_lists.items()},
            **{name: _int64_feature(items) for name, items in self.int64_lists.items()},
        }
        entries = (
            _encoded_field(1, name.encode()) + _encoded_field(2, values[name])
            for name in sorted(values)
        )
        return _encoded_field(1, b"".join(_encoded_field(1, entry) for entry in entries))

    @classmethod
    def parse(cls, data: bytes) -> Example:
        """Read an example. Raises ValueError for bytes that are not one, or that hold floats."""
        bytes_lists: dict[str, tuple[bytes, ...]] = {}
        int64_lists: dict[str, tuple[int, ...]] = {}
        for entry in _children(data, 1, 1):
            fields = dict(_message_fields(entry))
            name = _bytes(fields.get(1, b"")).decode()
            for kind, items in _message_fields(_bytes(fields.get(2, b""))):
                if kind == _BYTES_LIST:
                    bytes_lists[name] = tuple(_children(_bytes(items), 1))
                elif kind == _INT64_LIST:
                    int64_lists[name] = tuple(_integers(_bytes(items)))
                else:
                    raise ValueError(f"feature {name!r} is neither bytes nor int64")
        return cls(bytes_lists, int64_lists)


def _bytes_feature(items: Iterable[bytes]) -> bytes:
    return _encoded_field(_BYTES_LIST, b"".join(_encoded_field(1, item) for item in items))


def _int64_feature(items: Sequence[int]) -> bytes:
    packed = b"".join(_varint(item & _MASK64) for item in items)
    return _encoded_field(_INT64_LIST, _encoded_field(1, packed) if items else b"")


def _encoded_field(number: int, payload: bytes) -> bytes:
    return bytes((number << 3 | _LENGTH,)) + _varint(len(payload)) + payload


def _varint(value: int) -> bytes:
    if value < 0x80:
        return bytes((value,))
    groups = bytearray()
    while value >= 0x80:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    groups.append(value)
    return bytes(groups)


def _children(data: bytes, *path: int) -> Iterator[bytes]:
    """The length-delimited fields at the end of a path of field numbers."""
    number, *rest = path
    for found, payload in _message_fields(data):
        if found == number:
            if rest:
                yield from _children(_bytes(payload), *rest)
            else:
                yield _bytes(payload)


def _integers(data: bytes) -> Iterator[int]:
    """Signed integers, packed (the usual way) or one by one."""
    for _, payload in _message_fields(data):
        if isinstance(payload, int):
            yield _signed(payload)
            continue
        position = 0
        while position < len(payload):
            value, position = _read_varint(payload, position)
            yield _signed(value)


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


def _bytes(payload: bytes | int) -> bytes:
    if isinstance(payload, int):
        raise ValueError("a number was found where a message was expected")
    return payload


def _message_fields(data: bytes) -> Iterator[tuple[int, bytes | int]]:
    """Each field of a message: its number, and its payload."""
    position = 0
    while position < len(data):
        key, position = _read_varint(data, position)
        value, position = _read_varint(data, position)
        if key & 7 == _VARINT:
            yield key >> 3, value
        elif key & 7 == _LENGTH and position + value <= len(data):
            yield key >> 3, data[position : position + value]
            position += value
        else:
            raise ValueError(f"not a field of an example at byte {position}")


def _read_varint(data: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if position >= len(data) or shift > 63:
            raise ValueError(f"a number is cut at byte {position}")
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
        shift += 7
