"""Expectations of a data set, read from a TOML file.

    [tunes]
    min_parseable = 98.0            # percent of the tunes read, after safe repairs
    min_parseable_as_found = 95.0   # percent, before any repair
    min_read = 12_000
    min_taken = 12_000
    max_rejected = 100              # duplicates aside
    max_duplicates = 500

    [sources.ryan]                  # the tunes of one source: the first three of the above
    min_parseable = 97.0

    [rejects]                       # at most so many with a code
    bad-key = 5
    any-other = 0                   # with any code that is not listed here

    [last_run]                      # against the data set that is replaced
    max_fewer = 2.0                 # percent of the tunes taken
    max_more = 20.0
    max_new_characters = 0

    [alphabet]
    characters = " \\n|:ABCDEFG"     # the training text has no other character

Every table and every key may be left out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tuneloom.grammar.errors import UsageError

__all__ = ["ANY_OTHER", "Expectation", "Expectations", "read_expectations"]

ANY_OTHER = "any-other"
"""In the table of rejects: every code that the table does not list."""

_SOURCE_KEYS = ("min_parseable", "min_parseable_as_found", "min_read")
_TABLES = {
    "tunes": (*_SOURCE_KEYS, "min_taken", "max_rejected", "max_duplicates"),
    "last_run": ("max_fewer", "max_more", "max_new_characters"),
}
_PERCENT = {"min_parseable", "min_parseable_as_found"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """One bound on one figure, such as `max_rejected` of the table `tunes`.

    `table` is `sources.NAME` for a source; a key of the table `rejects` is a code.
    """

    table: str
    key: str
    limit: float

    @property
    def name(self) -> str:
        return f"{self.table}.{self.key}"

    @property
    def is_least(self) -> bool:
        """Whether the limit is the least that is expected; otherwise it is the most."""
        return self.key.startswith("min_") and self.table != "rejects"


@dataclass(frozen=True, slots=True)
class Expectations:
    """All that a file expects. `characters` is None if any character may occur."""

    path: str
    bounds: tuple[Expectation, ...]
    characters: str | None = None


def read_expectations(path: Path | str) -> Expectations:
    """Read a file of expectations.

    Raises:
        UsageError: the file cannot be read, is not TOML, or has a key or a value of no meaning; the
            message names the line.
    """
    try:
        text = Path(path).read_bytes().decode()
        tables = tomllib.loads(text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: not TOML in UTF-8 ({error})") from error
    try:
        bounds, characters = tuple(_bounds(tables)), _alphabet(tables.get("alphabet", {}))
    except _Misfit as misfit:
        line = _line_of(text, misfit.table, misfit.key)
        raise UsageError(f"{path}:{line}: {misfit}") from None
    if not bounds and characters is None:
        raise UsageError(f"{path}: expects nothing; see docs/ingestion.md for what it can hold")
    return Expectations(str(path), bounds, characters)


class _Misfit(Exception):
    """A table or key of no meaning. `key` is empty if the table itself has none."""

    def __init__(self, table: str, key: str, message: str) -> None:
        super().__init__(message)
        self.table = table
        self.key = key


def _bounds(tables: Mapping[str, object]) -> Iterator[Expectation]:
    for name, table in tables.items():
        if name == "alphabet":
            continue
        if name not in (*_TABLES, "sources", "rejects") or not isinstance(table, dict):
            known = ", ".join((*_TABLES, "sources.NAME", "rejects", "alphabet"))
            raise _Misfit(name, "", f"unknown table {name!r}; there are {known}")
        if name != "sources":
            yield from _bounds_of(name, table, _TABLES.get(name))
            continue
        for source, keys in table.items():
            if not isinstance(keys, dict):
                message = f"sources.{source} is not a table; write [sources.{source}]"
                raise _Misfit(name, source, message)
            yield from _bounds_of(f"sources.{source}", keys, _SOURCE_KEYS)


def _bounds_of(
    table: str, keys: Mapping[str, object], known: tuple[str, ...] | None
) -> Iterator[Expectation]:
    """The bounds in a table; `known` is None if any key may be there."""
    for key, limit in keys.items():
        if known is not None and key not in known:
            message = f"unknown key {key!r} in [{table}]; there are {', '.join(known)}"
            raise _Misfit(table, key, message)
        if isinstance(limit, bool) or not isinstance(limit, int | float) or not 0 <= limit < 1e15:
            raise _Misfit(table, key, f"{key} is {limit!r}; write a number from 0")
        if key in _PERCENT and limit > 100:
            raise _Misfit(table, key, f"{key} is {limit!r}; write a percentage, at most 100")
        yield Expectation(table, key, limit)


def _alphabet(table: object) -> str | None:
    if not isinstance(table, dict):
        raise _Misfit("alphabet", "", "alphabet is not a table; write [alphabet]")
    for key, characters in table.items():
        if key != "characters" or not isinstance(characters, str):
            message = "[alphabet] holds one key, characters, which is a text"
            raise _Misfit("alphabet", key, message)
        return characters
    return None


def _line_of(text: str, table: str, key: str) -> int:
    """The line of a key or a table in a file; the first that fits, since the file was read as values."""
    inside = False
    header = 0
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"\s*\[\s*([^\]]*?)\s*\]", line):
            inside = match[1].replace('"', "").replace(" ", "") == table
            header = header or number * inside
        if key and (inside or not header) and re.match(rf'\s*"?{re.escape(key)}"?\s*=', line):
            return number
    return header or 1
