"""Checks that the fields of a dataclass, read from a file, hold what they are declared to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

__all__ = ["check_field_types"]


def check_field_types(value: object) -> None:
    """Check the fields of a dataclass, and of those within it.

    Raises:
        TypeError: a field holds something else than it is declared to hold; the message names it.
    """
    assert is_dataclass(value)
    kind: type = type(value)
    declared = _declared_types(kind)
    for field in fields(value):
        held = getattr(value, field.name)
        if not _is_of_type(held, declared[field.name]):
            raise TypeError(f"{field.name} is {held!r:.60}")


@cache
def _declared_types(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _is_of_type(value: object, declared: Any) -> bool:
    origin, arguments = get_origin(declared), get_args(declared)
    if declared is Any:
        return True
    if origin is Literal:
        return value in arguments
    if origin is UnionType:
        return any(_is_of_type(value, argument) for argument in arguments)
    if origin is tuple:
        return isinstance(value, tuple) and all(_is_of_type(each, arguments[0]) for each in value)
    if origin is Mapping:
        return isinstance(value, Mapping) and all(
            _is_of_type(each, argument)
            for pair in value.items()
            for each, argument in zip(pair, arguments, strict=True)
        )
    if is_dataclass(value):
        check_field_types(value)
    return type(value) is declared or (declared is float and type(value) is int)
