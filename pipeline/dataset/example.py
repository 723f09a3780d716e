"""`tf.train.Example`, written and read without TensorFlow, by the library of Protocol Buffers.

A message type of our own with the same fields has the same wire format, and does not clash with TensorFlow's
where both are loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from google.protobuf.descriptor_pb2 import FileDescriptorProto  # type: ignore[import-untyped]
from google.protobuf.descriptor_pool import DescriptorPool  # type: ignore[import-untyped]
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from google.protobuf.message_factory import GetMessageClass  # type: ignore[import-untyped]
from google.protobuf.text_format import Parse  # type: ignore[import-untyped]

__all__ = ["Example", "StoredExample"]

_FILE = """
name: "tuneloom/example.proto" package: "tuneloom" syntax: "proto3"
message_type { name: "BytesList" field { name: "value" number: 1 label: LABEL_REPEATED type: TYPE_BYTES } }
message_type { name: "FloatList" field { name: "value" number: 1 label: LABEL_REPEATED type: TYPE_FLOAT } }
message_type { name: "Int64List" field { name: "value" number: 1 label: LABEL_REPEATED type: TYPE_INT64 } }
message_type {
  name: "Feature" oneof_decl { name: "kind" }
  field { name: "bytes_list" number: 1 type: TYPE_MESSAGE type_name: "BytesList" oneof_index: 0 }
  field { name: "float_list" number: 2 type: TYPE_MESSAGE type_name: "FloatList" oneof_index: 0 }
  field { name: "int64_list" number: 3 type: TYPE_MESSAGE type_name: "Int64List" oneof_index: 0 }
}
message_type {
  name: "Features"
  nested_type {
    name: "FeatureEntry" options { map_entry: true }
    field { name: "key" number: 1 type: TYPE_STRING }
    field { name: "value" number: 2 type: TYPE_MESSAGE type_name: "Feature" }
  }
  field { name: "feature" number: 1 label: LABEL_REPEATED type: TYPE_MESSAGE type_name: "FeatureEntry" }
}
message_type { name: "Example" field { name: "features" number: 1 type: TYPE_MESSAGE type_name: "Features" } }
"""
"""What example.proto and feature.proto of TensorFlow declare, as a descriptor."""


@dataclass(frozen=True, slots=True)
class Example:
    """The features of one training example, by name and by kind, to be written."""

    bytes_lists: Mapping[str, Sequence[bytes]]
    int64_lists: Mapping[str, Sequence[int]]

    def serialize(self) -> bytes:
        """The wire format; equal examples give equal bytes, with the features sorted by name."""
        message = _message_type()()
        message.features.SetInParent()  # an example without features has an empty list of them
        feature = message.features.feature
        for name, items in self.bytes_lists.items():
            feature[name].bytes_list.SetInParent()
            feature[name].bytes_list.value.extend(items)
        for name, numbers in self.int64_lists.items():
            feature[name].int64_list.SetInParent()
            feature[name].int64_list.value.extend(numbers)
        serialized: bytes = message.SerializeToString(deterministic=True)
        return serialized


class StoredExample:
    """An example in its wire format, whose features are read one by one.

    Raises:
        ValueError: the bytes are not those of an example; or, from its methods, it has no such feature, one
            of another kind, or one with another number of values.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._features = _message_type().FromString(data).features.feature
        except DecodeError as error:
            raise ValueError("not an example, or one that is cut") from error

    def text(self, name: str) -> str:
        """The value of a feature of one text."""
        values: Sequence[bytes] = self._features[name].bytes_list.value  # empty if there is none
        if len(values) != 1:
            raise self._fault(name, "one text")
        return values[0].decode()

    def number(self, name: str) -> int:
        """The value of a feature of one number."""
        values: Sequence[int] = self._features[name].int64_list.value
        if len(values) != 1:
            raise self._fault(name, "one number")
        return values[0]

    def texts(self, name: str) -> tuple[str, ...]:
        """The values of a feature of any number of texts."""
        feature = self._features[name]
        if not feature.HasField("bytes_list"):
            raise self._fault(name, "texts")
        return tuple(map(bytes.decode, feature.bytes_list.value))

    def _fault(self, name: str, expected: str) -> ValueError:
        is_there = self._features[name].WhichOneof("kind")
        said = (
            f"feature {name!r} does not hold" if is_there else f"the record has no feature {name!r}"
        )
        return ValueError(f"{said} {expected}" if is_there else said)


@cache
def _message_type() -> Any:
    """The class of messages, in a pool of its own."""
    pool = DescriptorPool()
    pool.Add(Parse(_FILE, FileDescriptorProto()))
    return GetMessageClass(pool.FindMessageTypeByName("tuneloom.Example"))
