"""Writes a page: reads its tunes, and puts the file in place when it is complete."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tuneloom.corpus.playback.written_files import check_free
from tuneloom.corpus.record import Reject
from tuneloom.grammar.errors import UsageError
from tuneloom.model.runtime.atomic import atomic_output
from tuneloom.web.document import GENERATOR, Composer, page_html
from tuneloom.web.entries import PageEntry

__all__ = ["PageSummary", "check_page_target", "write_page"]


@dataclass(frozen=True, slots=True)
class PageSummary:
    """What is in a page that was written."""

    tunes: int
    unparseable: int
    rejects: tuple[Reject, ...]
    bytes: int


def check_page_target(path: Path, overwrite: bool = False, mark: str = GENERATOR) -> None:
    """Refuse to replace a file, unless it bears the mark of ours and is to be overwritten.

    Raises:
        UsageError: something is there that is not to be replaced, or there is no folder for the page.
    """
    if not path.parent.is_dir():
        raise UsageError(f"{path}: there is no folder {path.parent}")
    if path.is_dir():
        raise UsageError(
            f"{path}: it is a folder; give the page a name, such as {path / 'page.html'}"
        )
    check_free(path, overwrite, mark)


def write_page(
    path: Path,
    title: str,
    found: Iterable[PageEntry | Reject],
    composer: Composer | None = None,
    overwrite: bool = False,
) -> PageSummary:
    """Write the page of some tunes, and of a network that writes more of them, to `path`.

    Raises:
        UsageError: as `check_page_target`, or there is neither a tune nor a network.
    """
    check_page_target(path, overwrite)
    entries: list[PageEntry] = []
    rejects: list[Reject] = []
    for each in found:
        if isinstance(each, Reject):
            rejects.append(each)
        else:
            entries.append(each)
    if not entries and composer is None:
        reason = f": {rejects[0].place}: {rejects[0].message}" if rejects else ""
        raise UsageError(f"no tune for the page{reason}")
    data = page_html(title, entries, rejects, composer).encode("utf-8", errors="xmlcharrefreplace")
    with atomic_output(path) as temporary:
        temporary.write_bytes(data)
    unparseable = sum("parseable" not in entry.levels for entry in entries)
    return PageSummary(len(entries), unparseable, tuple(rejects), len(data))
