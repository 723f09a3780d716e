"""Which codes a document is checked for: the settings of the project that its file belongs to."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pygls.uris import to_fs_path

from tuneloom.cli.text.settings import (
    CheckSettings,
    CodeSelection,
    load_check_settings,
    select_codes,
)
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.project import read_project_table

__all__ = ["codes_of_document"]


def codes_of_document(uri: str) -> tuple[frozenset[str], str]:
    """The codes to report in a document, and what is wrong with its pyproject.toml, if anything is.

    The table is that of the pyproject.toml nearest to the file, or to the folder in which the server runs if
    the document is no file. Patterns of `per-file-ignores` match the path from there on. Where the table
    cannot be read, the defaults hold.
    """
    path = _path_of(uri)
    folder = path.parent if path else Path.cwd()
    try:
        selection, root = _selection_for(folder, _stamp(folder))
    except UsageError as error:
        return _defaults().of_file(""), str(error)
    return selection.of_file(_name_in(root, path) if path else uri), ""


def _path_of(uri: str) -> Path | None:
    try:
        name = to_fs_path(uri)
    except ValueError:
        return None
    return Path(name) if name and uri.startswith("file:") else None


def _name_in(root: Path, path: Path) -> str:
    """The path as `tuneloom check` has it when it runs where the pyproject.toml is."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _stamp(folder: Path) -> tuple[str, int]:
    """The nearest pyproject.toml, and when it was changed."""
    for each in (folder, *folder.parents):
        try:
            path = each / "pyproject.toml"
            return str(path), path.stat().st_mtime_ns
        except (OSError, ValueError):
            continue
    return "", 0


@lru_cache(maxsize=64)
def _selection_for(folder: Path, stamp: tuple[str, int]) -> tuple[CodeSelection, Path]:  # noqa: ARG001 - part of the key
    table = read_project_table(folder)
    return select_codes(
        load_check_settings(folder), None, (), ()
    ), table.path.parent if table else folder


@lru_cache(maxsize=1)
def _defaults() -> CodeSelection:
    return select_codes(CheckSettings(), None, (), ())
