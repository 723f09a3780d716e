"""What a setting may be, from the type of its field: checked, described, and read from text.

A type is int, float, bool, str, a `Literal` of strings, `tuple[str, ...]` or a union of these. A number may
have a `Range`, as in `Annotated[int, Range(at_least=1)]`.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from tuneloom.model.settings.ranges import Range

__all__ = ["SettingType"]

_WORDS = {
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    str: "a text",
    tuple: "a list of names",
}


@dataclass(frozen=True, slots=True)
class _Alternative:
    """One of the types in a union. `choices` are the strings of a `Literal`."""

    plain: type
    within: Range | None = None
    choices: tuple[str, ...] = ()

    def allows(self, value: object) -> bool:
        if isinstance(value, bool):  # which Python counts among the whole numbers
            return self.plain is bool
        if isinstance(value, int) and self.plain is float:
            return self._is_in_range(value) and value.bit_length() < 64  # more may be no float
        if isinstance(value, tuple) and self.plain is tuple:
            return all(isinstance(part, str) for part in value)
        if not isinstance(value, self.plain):
            return False
        return value in self.choices if self.choices else self._is_in_range(value)

    def parse(self, text: str) -> object | None:
        """The value of a text; None if it is not one of this type."""
        if self.plain is bool:
            return {"true": True, "false": False}.get(text)
        if self.plain is tuple:
            return tuple(part.strip() for part in text.split(",") if part.strip())
        if self.plain in (int, float):
            try:
                return int(text) if self.plain is int else float(text)
            except ValueError:
                return None
        return text if self.allows(text) else None

    def __str__(self) -> str:
        if self.choices:
            *others, last = map(repr, self.choices)
            return f"{', '.join(others)} or {last}" if others else last
        words = _WORDS[self.plain]
        return f"{words} of {self.within}" if self.within else words

    def _is_in_range(self, value: object) -> bool:
        return not (self.within and isinstance(value, int | float)) or value in self.within


@dataclass(frozen=True, slots=True)
class SettingType:
    """The type of a setting. As a string it completes `must be …`."""

    alternatives: tuple[_Alternative, ...]

    @classmethod
    def of(cls, hint: object) -> SettingType:
        """From the type hint of a field."""
        return cls(tuple(_alternatives(hint)))

    @property
    def choices(self) -> tuple[str, ...]:
        """The strings that may be chosen from, where nothing else is allowed."""
        [first, *others] = self.alternatives
        return () if others else first.choices

    def allows(self, value: object) -> bool:
        """Whether a value is of this type and in its range."""
        return any(alternative.allows(value) for alternative in self.alternatives)

    def from_plain(self, value: object) -> object:
        """A value of JSON or TOML, with a tuple for a list; whether it is allowed remains to be checked."""
        if isinstance(value, list) and any(each.plain is tuple for each in self.alternatives):
            return tuple(value)
        return value

    def from_text(self, text: str) -> object:
        """The value of a text, or the text itself if it is not one of this type.

        Commas separate the parts of a list.
        """
        values = (alternative.parse(text) for alternative in self.alternatives)
        return next((value for value in values if value is not None), text)

    def __str__(self) -> str:
        return " or ".join(map(str, self.alternatives))


def _alternatives(hint: object) -> Iterator[_Alternative]:
    origin: object = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        for member in get_args(hint):
            yield from _alternatives(member)
    elif origin is Annotated:
        plain, within = get_args(hint)
        yield _Alternative(plain, within)
    elif origin is Literal:
        yield _Alternative(str, choices=get_args(hint))
    elif origin is tuple:
        yield _Alternative(tuple)
    else:
        assert isinstance(hint, type)
        yield _Alternative(hint)
