"""The navigation: what the configuration names, and every other page in a place of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["complete_navigation", "pages_of"]

HOW_TO = "How-to"

Entry = dict[str, "str | list[Entry]"]


def complete_navigation(navigation: list[Entry], pages: Iterable[str]) -> list[Entry]:
    """The navigation with all pages in it.

    A name that ends with `/` becomes a section of the pages in that folder, the index first. Other pages
    that are not named go to the end of the how-to guides.
    """
    pages = sorted(pages)
    named = set(pages_of(navigation))
    folders = [name for name in named if name.endswith("/")]
    rest = [page for page in pages if page not in named and not page.startswith(tuple(folders))]
    return [_completed(entry, pages, rest) for entry in navigation]


def pages_of(entries: list[Entry]) -> Iterator[str]:
    """The names of pages and folders in a navigation."""
    for entry in entries:
        for value in [entry] if isinstance(entry, str) else entry.values():
            if isinstance(value, str):
                yield value
            else:
                yield from pages_of(value)


def _completed(entry: Entry, pages: list[str], rest: list[str]) -> Entry:
    [(title, value)] = entry.items()
    if isinstance(value, list):
        inside = [_completed(inner, pages, []) for inner in value]
        return {title: inside + ([*rest] if title == HOW_TO else [])}
    if value.endswith("/"):
        inside = [page for page in pages if page.startswith(value)]
        return {title: sorted(inside, key=lambda page: not _is_index(page, value))}
    return entry


def _is_index(page: str, folder: str) -> bool:
    return page in (f"{folder}index.md", f"{folder}README.md")
