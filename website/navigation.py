"""The navigation: what the configuration names, and every other page in a place of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

__all__ = ["Entry", "complete_navigation", "pages_of"]

HOW_TO = "How-to"

Entry: TypeAlias = "str | dict[str, str | list[Entry]]"


def complete_navigation(navigation: Sequence[Entry], pages: Iterable[str]) -> list[Entry]:
    """The navigation with all pages in it.

    A name that ends with `/` becomes a section of the pages in that folder, the index first. Other pages
    that are not named go to the end of the how-to guides.
    """
    pages = sorted(pages)
    named = set(pages_of(navigation))
    folders = [name for name in named if name.endswith("/")]
    rest = [page for page in pages if page not in named and not page.startswith(tuple(folders))]
    return [_completed(entry, pages, rest) for entry in navigation]


def pages_of(entries: Sequence[Entry]) -> Iterator[str]:
    """The names of pages and folders in a navigation."""
    for entry in entries:
        if isinstance(entry, str):
            yield entry
        else:
            for value in entry.values():
                yield from pages_of([value] if isinstance(value, str) else value)


def _completed(entry: Entry, pages: list[str], rest: list[str]) -> Entry:
    if isinstance(entry, str):
        return entry
    [(title, value)] = entry.items()
    if isinstance(value, str):
        return {title: _pages_in(value, pages)} if value.endswith("/") else entry
    inside = [_completed(inner, pages, []) for inner in value]
    return {title: [*inside, *rest] if title == HOW_TO else inside}


def _pages_in(folder: str, pages: list[str]) -> list[Entry]:
    """The pages in a folder, its index first."""
    inside = [page for page in pages if page.startswith(folder)]
    index = (f"{folder}index.md", f"{folder}README.md")
    return [*sorted(inside, key=lambda page: page not in index)]
