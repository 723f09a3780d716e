"""Checks of settings against the dataclass that they are the fields of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, fields
from difflib import get_close_matches
from functools import lru_cache
from reprlib import repr as short_repr
from typing import Any, ClassVar, Protocol, TypeVar, get_type_hints

from tuneloom.model.settings.setting_type import SettingType

__all__ = [
    "Settings",
    "check_fields",
    "check_setting",
    "settings_from_plain",
    "type_of",
    "types_of",
]

S = TypeVar("S", bound="Settings")


class Settings(Protocol):
    """A dataclass, the fields of which are settings."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


@lru_cache
def types_of(settings: type[Settings]) -> Mapping[str, SettingType]:
    """The names of the settings, each with its type."""
    hints = get_type_hints(settings, include_extras=True)
    return {field.name: SettingType.of(hints[field.name]) for field in fields(settings)}


def type_of(settings: type[Settings], name: str) -> SettingType:
    """The type of the setting with this name.

    Raises:
        ValueError: there is none; the message suggests another name.
    """
    types = types_of(settings)
    if name not in types:
        nearest = get_close_matches(name, types, 1)
        hint = f"; did you mean {nearest[0]!r}?" if nearest else ""
        raise ValueError(f"there is no setting {short_repr(name)}{hint}")
    return types[name]


def check_setting(settings: type[Settings], name: str, value: object) -> None:
    """Check one value.

    Raises:
        ValueError: there is no such setting, or the value is not of its type or out of its range.
    """
    wanted = type_of(settings, name)
    if not wanted.allows(value):
        raise ValueError(f"{name} must be {wanted}, not {short_repr(value)}")


def check_fields(instance: Settings) -> None:
    """Check every field, as `__post_init__` does.

    Raises:
        ValueError: a value is not of its field's type, or out of its range.
    """
    for field in fields(instance):
        check_setting(type(instance), field.name, getattr(instance, field.name))


def settings_from_plain(settings: type[S], values: Mapping[str, object]) -> S:
    """The settings from values as JSON has them; those that are missing have their defaults.

    Raises:
        ValueError: a name or a value is wrong.
    """
    return settings(
        **{name: type_of(settings, name).from_plain(value) for name, value in values.items()}
    )
