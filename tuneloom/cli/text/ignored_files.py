"""What a search of directories leaves out: `exclude` of [tool.tuneloom], and what Git ignores.

[tool.tuneloom]
exclude = ["drafts/", "*.old.abc"]

Patterns are those of .gitignore, relative to the folder of the pyproject.toml. A .gitignore counts from the
top of its repository down, or outside of one from the directory that is searched. A file or directory that
is named itself is read all the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.project import read_project_table

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

__all__ = ["files_below"]

_REPOSITORIES = frozenset({".git", ".hg", ".svn"})


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Patterns, and the folder that they are relative to."""

    folder: Path
    spec: GitIgnoreSpec

    def verdict(self, path: Path, is_folder: bool) -> bool | None:
        """Whether a path is ignored; None if no pattern says so or the opposite."""
        if not path.is_relative_to(self.folder):
            return None
        relative = path.relative_to(self.folder).as_posix() + "/" * is_folder
        return self.spec.check_file(relative).include


def files_below(top: Path, suffix: str) -> Iterator[Path]:
    """The files of a directory and of those below it that have this ending, in no order.

    Links to directories are not followed.

    Raises:
        UsageError: a directory cannot be read, or `exclude` is not a list of patterns.
    """
    start = top.resolve()
    excluded = _outer(list(_excluded_by_project()), start)
    inherited = {top: _outer(list(_git_patterns_above(start)), start)}
    for root, folders, names in os.walk(top, onerror=_raise_unreadable):
        here = Path(root)
        real = start / here.relative_to(top)
        patterns = [*inherited.pop(here), *_read_patterns(real / ".gitignore")]
        folders[:] = [
            name
            for name in folders
            if name not in _REPOSITORIES and not _is_ignored(real / name, True, excluded, patterns)
        ]
        inherited.update((here / name, patterns) for name in folders)
        for name in names:
            is_wanted = name.lower().endswith(suffix) and (here / name).is_file()
            if is_wanted and not _is_ignored(real / name, False, excluded, patterns):
                yield here / name


def _raise_unreadable(error: OSError) -> None:
    raise UsageError(f"{error.filename}: cannot be read: {error.strerror}") from error


def _outer(patterns: list[_Patterns], top: Path) -> list[_Patterns]:
    """Patterns from outside of a directory that is searched, unless they ignore it itself: it was named."""
    return [] if _is_ignored(top, True, patterns) else patterns


def _is_ignored(path: Path, is_folder: bool, *groups: Iterable[_Patterns]) -> bool:
    """Whether a group of patterns ignores a path; in a group, the last that says anything decides."""
    return any(_verdict_of(path, is_folder, patterns) for patterns in groups)


def _verdict_of(path: Path, is_folder: bool, patterns: Iterable[_Patterns]) -> bool:
    verdicts = [each.verdict(path, is_folder) for each in patterns]
    return next((verdict for verdict in reversed(verdicts) if verdict is not None), False)


def _excluded_by_project() -> Iterator[_Patterns]:
    project = read_project_table(Path.cwd())
    if project is None or "exclude" not in project.values:
        return
    patterns = project.values["exclude"]
    if not isinstance(patterns, list) or not all(isinstance(each, str) for each in patterns):
        raise UsageError(f"{project.path}: exclude must be a list of patterns")
    yield _parse_patterns(project.path, patterns)


def _git_patterns_above(top: Path) -> Iterator[_Patterns]:
    """Those of the repository that a directory is in, from its top down to above the directory."""
    above = (top, *top.parents)
    root = next((folder for folder in above if (folder / ".git").exists()), None)
    if root is None:
        return
    for patterns in _read_patterns(root / ".git" / "info" / "exclude"):
        yield _Patterns(root, patterns.spec)
    for folder in reversed(above[1 : above.index(root) + 1]):
        yield from _read_patterns(folder / ".gitignore")


def _read_patterns(file: Path) -> Iterator[_Patterns]:
    """The patterns of a file, if it is there and has some."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return
    if any(lines):
        yield _parse_patterns(file, lines)


def _parse_patterns(file: Path, lines: list[str]) -> _Patterns:
    # Imported here: most checks are of files in folders without such patterns.
    from pathspec import GitIgnoreSpec

    try:
        return _Patterns(file.parent.resolve(), GitIgnoreSpec.from_lines(lines))
    except ValueError as error:
        raise UsageError(f"{file}: {error}") from error
