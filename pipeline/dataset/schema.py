"""The features of a training example, and the conversion of records to examples and back."""

from __future__ import annotations

import dataclasses
from typing import Any

from tuneloom.corpus.record import Record
from tuneloom.pipeline.dataset.example import Example, StoredExample

__all__ = [
    "FEATURES",
    "INT64",
    "LISTS",
    "MEANINGS",
    "TEXT",
    "VALUES",
    "parse_record",
    "parse_values",
    "to_example",
]

# Taken from the dataclass (its annotations are strings), so that the two cannot disagree.
_TYPES = {field.name: str(field.type) for field in dataclasses.fields(Record)}

FEATURES = tuple(_TYPES)
"""The names of all features, in the order of a record."""

TEXT = tuple(name for name, kind in _TYPES.items() if kind == "str")
"""Features of exactly one UTF-8 string."""

INT64 = tuple(name for name, kind in _TYPES.items() if kind == "int")
"""Features of exactly one 64-bit integer."""

LISTS = tuple(name for name, kind in _TYPES.items() if kind == "tuple[str, ...]")
"""Features of any number of UTF-8 strings."""

VALUES = (*TEXT, *INT64, *LISTS)
"""The names of all features, in the order in which they are parsed."""

MEANINGS = {
    "abc": "training text",
    "id": "melody id: hash of the sounding pitches and durations",
    "family": "the smallest id among its near duplicates; decides the split",
    "source": "name of the source",
    "path": "file, relative to the root of its source",
    "license": "license of the source",
    "offset": "first byte of the tune in its file, or in the text of its row",
    "row": "row of a table, from 1 and without its header; 0 in other files",
    "title": "title",
    "rhythm": "rhythm, such as jig or reel; empty if not known",
    "meter": "metre, such as 6/8",
    "unit_note_length": "unit note length, such as 1/8",
    "tonic": "tonic of the key, such as D",
    "mode": "mode of the key: maj, min, dor, mix, phr, lyd, loc, ion, aeo or exp; empty without a key",
    "bars": "bars of the training text",
    "notes": "notes of the training text",
    "levels": "levels of validity that the training text reaches",
    "repairs": "codes of the repairs made",
}
"""The meaning of each feature, for the schema and the data card."""


def to_example(record: Record) -> Example:
    """A record as features. A character with no UTF-8 form (a lone surrogate) becomes `?`."""
    return Example(
        {name: (_encode(getattr(record, name)),) for name in TEXT}
        | {name: tuple(map(_encode, getattr(record, name))) for name in LISTS},
        {name: (getattr(record, name),) for name in INT64},
    )


def parse_values(data: bytes) -> tuple[Any, ...]:
    """What a serialized example holds, in the order of `VALUES`.

    Raises:
        ValueError: the bytes are not those of an example, or it lacks a feature.
    """
    example = StoredExample(data)
    return (
        *map(example.text, TEXT),
        *map(example.number, INT64),
        *map(example.texts, LISTS),
    )


def parse_record(data: bytes) -> Record:
    """The record that a serialized example was made from. Raises ValueError as `parse_values`."""
    return Record(**dict(zip(VALUES, parse_values(data), strict=True)))


def _encode(text: str) -> bytes:
    return text.encode("utf-8", errors="replace")
