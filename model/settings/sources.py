"""Settings that a user gives, in a TOML file or on the command line, each with the place it comes from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tuneloom.grammar.errors import UsageError
from tuneloom.model.settings.checks import Settings, check_setting, type_of

__all__ = [
    "GivenSetting", "first_other_value", "given_value", "read_assignment", "read_option", "read_settings",
]  # fmt: skip

_PLACE = re.compile(r"(.*) \(at line (\d+), column (\d+)\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class GivenSetting:
    """A checked setting. `origin` says where it was given: `small.toml:3`, `--units 384`."""

    name: str
    value: object
    origin: str


def read_settings(path: Path, settings: type[Settings]) -> list[GivenSetting]:
    """Read a TOML file of settings.

    Raises:
        UsageError: it cannot be read, or a name or value is wrong; the message has the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    except RecursionError as error:
        raise UsageError(f"{path}: nested too deeply") from error
    except ValueError as error:
        found = _PLACE.fullmatch(str(error))
        place, reason = (f":{found[2]}:{found[3]}", found[1]) if found else ("", str(error))
        raise UsageError(f"{path}{place}: not TOML ({reason})") from error
    return [
        _given(settings, name, value, f"{path}{_line_where_set(name, text)}")
        for name, value in table.items()
    ]


def read_assignment(text: str, settings: type[Settings]) -> GivenSetting:
    """Read `NAME=VALUE`, as `--set` takes it.

    Raises:
        UsageError: it is not of this form, or the name or the value is wrong.
    """
    name, equals, value = (part.strip() for part in text.partition("="))
    if not (name and equals):
        raise UsageError(f"--set {text}: must be NAME=VALUE, such as units=384")
    return _read_text(settings, name, value, f"--set {text}")


def read_option(name: str, text: str, settings: type[Settings], option: str) -> GivenSetting:
    """Read the value of the option that is named for a setting.

    Raises:
        UsageError: the value is wrong.
    """
    return _read_text(settings, name, text, f"{option} {text}")


def given_value(name: str, value: object, settings: type[Settings]) -> GivenSetting:
    """A setting given as a Python value.

    Raises:
        UsageError: the name or the value is wrong.
    """
    plain = list(value) if isinstance(value, tuple) else value
    return _given(settings, name, plain, f"{name}={value!r}")


def first_other_value(instance: Settings, given: Iterable[GivenSetting]) -> GivenSetting | None:
    """The first of the settings that has another value in `instance`."""
    return next((each for each in given if getattr(instance, each.name) != each.value), None)


def _read_text(settings: type[Settings], name: str, text: str, origin: str) -> GivenSetting:
    try:
        value = type_of(settings, name).from_text(text)
    except ValueError as error:
        raise UsageError(f"{origin}: {error}") from error
    return _given(settings, name, value, origin)


def _given(settings: type[Settings], name: str, value: object, origin: str) -> GivenSetting:
    try:
        value = type_of(settings, name).from_plain(value)
        check_setting(settings, name, value)
    except ValueError as error:
        raise UsageError(f"{origin}: {error}") from error
    return GivenSetting(name, value, origin)


def _line_where_set(name: str, text: str) -> str:
    """`:LINE` where a key is set; nothing if it is written in an unusual way."""
    key = re.compile(rf"[ \t]*\[?[ \t]*[\"']?{re.escape(name)}[\"']?[ \t]*[=.\]]")
    for number, line in enumerate(text.splitlines(), start=1):
        if key.match(line):
            return f":{number}"
    return ""
