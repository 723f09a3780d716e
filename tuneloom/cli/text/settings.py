"""The table `[tool.tuneloom]` of the nearest pyproject.toml: which findings a project wants reported.

[tool.tuneloom]
level = "metrical"
select = ["bar-length", "strict"]
ignore = ["tie-pitch"]
exclude = ["drafts/"]

[tool.tuneloom.per-file-ignores]
"sketches/*.abc" = ["bar-length"]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from tuneloom.grammar.checking.levels import (
    CHECKED_LEVELS,
    all_codes,
    codes_of_collection,
    codes_of_level,
    own_codes,
)
from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.project import read_project_table

__all__ = ["CheckSettings", "CodeSelection", "load_check_settings", "select_codes"]


# `plugins` and `exclude` are read elsewhere, by every command.
_SETTINGS = frozenset({"level", "select", "ignore", "per-file-ignores", "plugins", "exclude"})
# A comment that ignores a code which does not exist is reported whatever else is selected.
_ALWAYS_REPORTED = frozenset({"unknown-code"})
# The name that `select` and `ignore` take for `codes_of_collection`.
_COLLECTION = "collection"


class CheckSettings(Struct, frozen=True):
    """What the table says about checking; `select` is None if it is not set."""

    level: Level | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class CodeSelection(Struct, frozen=True):
    """The codes to report, and those to ignore in files that match a pattern."""

    codes: frozenset[str]
    per_file: Mapping[str, frozenset[str]]

    def of_file(self, name: str) -> frozenset[str]:
        """The codes to report in a file; a pattern matches its name or its whole path."""
        dropped = (
            codes
            for pattern, codes in self.per_file.items()
            if fnmatch(name, pattern) or fnmatch(Path(name).name, pattern)
        )
        return self.codes.difference(*dropped)


def select_codes(
    settings: CheckSettings, level: Level | None, select: Iterable[str], ignore: Iterable[str]
) -> CodeSelection:
    """The codes to report: the command line overrides the table, and `select` the level.

    By default, without a level or a selection, they are those of `metrical` and of the collection.

    Raises:
        UsageError: there is no such code.
    """
    wanted = tuple(select) or (settings.select if level is None else None)
    if wanted:
        codes = codes_named(wanted, "--select")
    elif asked := level or settings.level:
        codes = codes_of_level(asked)
    else:
        codes = codes_of_level("metrical") | codes_of_collection()
    dropped = codes_named((*settings.ignore, *ignore), "--ignore")
    per_file = {
        pattern: codes_named(names, "per-file-ignores")
        for pattern, names in settings.per_file_ignores.items()
    }
    return CodeSelection((codes | _ALWAYS_REPORTED) - dropped, per_file)


def codes_named(names: Iterable[str], where: str) -> frozenset[str]:
    """The codes that names stand for; commas separate names.

    A name is a code, a level for all codes of its own, or `collection` for those of collections.
    """
    codes: set[str] = set()
    for name in (part.strip() for each in names for part in each.split(",") if part.strip()):
        if name in CHECKED_LEVELS:
            codes |= own_codes(name)
        elif name == _COLLECTION:
            codes |= codes_of_collection()
        elif name in all_codes():
            codes.add(name)
        else:
            from difflib import get_close_matches

            nearest = get_close_matches(name, [*all_codes(), *CHECKED_LEVELS, _COLLECTION], 1)
            hint = f"did you mean {nearest[0]!r}?" if nearest else "see tuneloom explain"
            raise UsageError(f"{where}: there is no code {name!r}; {hint}")
    return frozenset(codes)


def load_check_settings(start: Path) -> CheckSettings:
    """Read the table of the nearest pyproject.toml at or above a directory; all defaults if there is none.

    Raises:
        UsageError: the file cannot be read, or a setting is unknown or has a wrong value.
    """
    project = read_project_table(start)
    return _parse_settings(*project) if project else CheckSettings()


def _parse_settings(path: Path, table: Mapping[str, Any]) -> CheckSettings:
    unknown = set(table) - _SETTINGS
    if unknown:
        raise UsageError(f"{path}: [tool.tuneloom] has no setting {min(unknown)!r}")
    level = table.get("level")
    if level is not None and level not in CHECKED_LEVELS:
        raise UsageError(f"{path}: level must be one of {', '.join(CHECKED_LEVELS)}, not {level!r}")
    per_file = table.get("per-file-ignores", {})
    if not isinstance(per_file, dict):
        raise UsageError(f"{path}: per-file-ignores must be a table of patterns and lists of codes")
    return CheckSettings(
        level,
        _parse_codes(path, "select", table["select"]) if "select" in table else None,
        _parse_codes(path, "ignore", table.get("ignore", [])),
        {pattern: _parse_codes(path, pattern, codes) for pattern, codes in per_file.items()},
    )


def _parse_codes(path: Path, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise UsageError(f"{path}: {key} must be a list of codes")
    try:
        codes_named(value, key)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from error
    return tuple(value)
