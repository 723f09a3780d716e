"""The table `[tool.tuneloom]` of the nearest pyproject.toml, and the plugins that it names.

[tool.tuneloom]
plugins = ["our_rules", "our_sources"]
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tuneloom.grammar.errors import UsageError

__all__ = ["ProjectTable", "load_project_plugins", "read_project_table"]


class ProjectTable(NamedTuple):
    """The table, as read, and the pyproject.toml that it is from."""

    path: Path
    values: Mapping[str, Any]


def read_project_table(start: Path) -> ProjectTable | None:
    """Read the table of the nearest pyproject.toml at or above a directory; None without a file or a table.

    Raises:
        UsageError: the file cannot be read.
    """
    for folder in (start, *start.parents):
        path = folder / "pyproject.toml"
        if path.is_file():
            return _table_of(path)
    return None


def _table_of(path: Path) -> ProjectTable | None:
    try:
        text = path.read_text(encoding="utf-8")
        if "tuneloom" not in text:  # most files: spare them the parser
            return None
        import tomllib

        values = tomllib.loads(text).get("tool", {}).get("tuneloom")
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read: {error}") from error
    if values is None:
        return None
    if not isinstance(values, dict):
        raise UsageError(f"{path}: [tool.tuneloom] must be a table")
    return ProjectTable(path, values)


def load_project_plugins(start: Path) -> tuple[str, ...]:
    """Import the modules that `plugins` lists, and return their names.

    They may be files beside the pyproject.toml.

    Raises:
        UsageError: the file cannot be read, `plugins` is not a list of names, or a module cannot be found.
    """
    table = read_project_table(start)
    if table is None or "plugins" not in table.values:
        return ()
    plugins = table.values["plugins"]
    if not isinstance(plugins, list) or not all(isinstance(name, str) for name in plugins):
        raise UsageError(f"{table.path}: plugins must be a list of module names")
    folder = str(table.path.parent)
    if folder not in sys.path:
        sys.path.append(folder)
    from tuneloom.grammar.registry import load_plugins

    try:
        load_plugins(tuple(plugins))
    except UsageError as error:
        raise UsageError(f"{table.path}: {error}") from error
    return tuple(plugins)
