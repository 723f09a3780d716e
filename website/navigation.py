"""The navigation: what the configuration names, and every other page in a place of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

__all__ = ["Entry", "complete_navigation", "pages_of"]

HOW_TO = "How-to"

Entry: TypeAlias = "str | dict[str, str | list[Entry]]"


def complete_navigation(navigation: Sequence[Entry], pages: Iterable[str]) -> list[Entry]:
    """The navigation with all pages in it.

    A name that ends with `/` becomes a section of the pages in that folder, the index first, without those
    that are named, or in a folder in it that is. Other pages that are not named go to the end of the how-to
    guides.
    """
    named = set(pages_of(navigation))
    folders: dict[str, list[str]] = {name: [] for name in named if name.endswith("/")}
    rest: list[str] = []
    for page in sorted(set(pages) - named):
        inside = max((name for name in folders if page.startswith(name)), key=len, default="")
        folders.get(inside, rest).append(page)
    return [_completed(entry, folders, rest) for entry in navigation]


def pages_of(entries: Sequence[Entry]) -> Iterator[str]:
    """The names of pages and folders in a navigation."""
    for entry in entries:
        if isinstance(entry, str):
            yield entry
        else:
            for value in entry.values():
                yield from pages_of([value] if isinstance(value, str) else value)


def _completed(entry: Entry, folders: Mapping[str, list[str]], rest: list[str]) -> Entry:
    if isinstance(entry, str):
        return entry
    [(title, value)] = entry.items()
    if isinstance(value, str):
        return {title: _index_first(value, folders[value])} if value.endswith("/") else entry
    inside = [_completed(inner, folders, []) for inner in value]
    return {title: [*inside, *rest] if title == HOW_TO else inside}


def _index_first(folder: str, pages: Iterable[str]) -> list[Entry]:
    index = (f"{folder}index.md", f"{folder}README.md")
    return [*sorted(pages, key=lambda page: page not in index)]
