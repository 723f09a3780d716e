"""Files outside of docs/ that its pages link to: each becomes a page below project/."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath

from website.notebooks import notebook_markdown

__all__ = ["ROOT", "outside_pages", "with_links_of_the_site"]

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PROJECT = "project"
LANGUAGES = {".lark": "text", ".cff": "yaml"}

_FENCED_OR_LINK = re.compile(r"^```.*?^```$|(?<=\]\()([^)\s]+)(?=\))", re.MULTILINE | re.DOTALL)


@cache
def outside_pages() -> dict[str, str]:
    """The Markdown of each file that pages of docs/ link to, themselves or by another such file."""
    pages: dict[str, str] = {}
    waiting = [ROOT / "README.md", ROOT / "CHANGELOG.md", *_linked_from(DOCS.rglob("*.md"))]
    while waiting:
        path = waiting.pop()
        if (uri := uri_of(path)) not in pages:
            pages[uri] = _markdown(path)
            waiting += _linked_from([path])
    return pages


def with_links_of_the_site(uri: str, markdown: str) -> str:
    """The Markdown of a page, its links to files of the repository led to their pages of the site."""
    source = file_of(uri)

    def link(match: re.Match[str]) -> str:
        if match[1] is None or (target := _target(source, match[1])) is None:
            return match[0]
        path, anchor = target
        here = PurePosixPath(uri).parent
        return os.path.relpath(uri_of(path), here) + anchor

    return _FENCED_OR_LINK.sub(link, markdown)


def uri_of(path: Path) -> str:
    """The name that a file of the repository has as a source of the site."""
    if path.is_relative_to(DOCS):
        return path.relative_to(DOCS).as_posix()
    name = path.relative_to(ROOT).as_posix()
    return f"{PROJECT}/{name}" if path.suffix == ".md" else f"{PROJECT}/{name}.md"


def file_of(uri: str) -> Path:
    """The file of the repository that a source of the site is."""
    inside = uri.removeprefix(f"{PROJECT}/")
    return (DOCS if inside == uri else ROOT) / inside


def _target(source: Path, link: str) -> tuple[Path, str] | None:
    """The file of the repository that a link of a file leads to, and the anchor in it."""
    name, sign, anchor = link.partition("#")
    if not name or "://" in name:
        return None
    path = Path(os.path.normpath(source.parent / name))
    return (path, sign + anchor) if path.is_file() and path.is_relative_to(ROOT) else None


def _linked_from(pages: Iterator[Path] | list[Path]) -> list[Path]:
    """The files outside of docs/ that pages link to."""
    return [
        target[0]
        for page in pages
        if page.suffix == ".md"
        for match in _FENCED_OR_LINK.finditer(page.read_text(encoding="utf-8"))
        if match[1] and (target := _target(page, match[1]))
        if not target[0].is_relative_to(DOCS)
    ]


def _markdown(path: Path) -> str:
    if path.suffix == ".ipynb":
        return notebook_markdown(path)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return text
    language = LANGUAGES.get(path.suffix, path.suffix[1:])
    return f"# {path.name}\n\n````{language}\n{text.rstrip()}\n````\n"
