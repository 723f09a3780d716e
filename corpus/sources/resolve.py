"""From the names and paths that a user gives to the files to read, each once and in order."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from difflib import get_close_matches

from tuneloom.corpus.source import Source, SourceFile
from tuneloom.corpus.sources.catalogue import SOURCES
from tuneloom.grammar.errors import UsageError

__all__ = ["find_source", "resolve_sources"]

MAX_LISTED = 20  # choices that an error message lists


def resolve_sources(
    names: Sequence[str], inputs: Sequence[SourceFile] = (), accepted: Collection[str] = ()
) -> list[SourceFile]:
    """Find the files of named sources (`folk`, `nottingham/xmas`), and add the user's own.

    Sources are downloaded where needed. Files are sorted by source and path, whatever the order of the
    arguments; a file that is found several times is taken once, under the name of its source.

    Raises:
        UsageError: a name is unknown, or a source has a license that must be accepted and its name is not
            in `accepted`.
    """
    named = [file for name in names for file in _source_files(name, accepted)]
    found = [*inputs, *named]
    once = {_identity(file): file for file in found}
    return sorted(once.values(), key=lambda file: (file.source, file.path))


def _identity(file: SourceFile) -> tuple[str, str, str]:
    """What identifies a file; one that cannot be read is identified by its path as well."""
    return os.path.realpath(file.location), file.member, file.path if file.fault else ""


def find_source(name: str) -> Source:
    """Look up a source. Raises UsageError, with the closest name, if there is none."""
    if name not in SOURCES:
        raise UsageError(f"unknown source {name!r}: {_choices(name, list(SOURCES))}")
    return SOURCES[name]


def _source_files(name: str, accepted: Collection[str]) -> list[SourceFile]:
    source_name, slash, part = name.partition("/")
    source = find_source(source_name)
    if source.license.must_accept and source_name not in accepted:
        raise UsageError(
            f"source {source_name}: {source.license.must_accept}; to accept it, add "
            f"--accept-license {source_name}"
        )
    if slash and part not in source.parts():
        choices = _choices(part, source.parts())
        raise UsageError(f"source {source_name} has no part {part!r}: {choices}")
    return source.files(part)


def _choices(wrong: str, known: Sequence[str]) -> str:
    close = get_close_matches(wrong, known, n=1)
    guess = f"did you mean {close[0]!r}? " if close else ""
    more = ", …" if len(known) > MAX_LISTED else ""
    return f"{guess}choose from {', '.join(known[:MAX_LISTED])}{more}"
