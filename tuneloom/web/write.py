"""Writes a page: reads its tunes, and puts the file in place when it is complete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tuneloom.corpus.playback.written_files import check_free
from tuneloom.corpus.record import Reject
from tuneloom.grammar.errors import UsageError
from tuneloom.model.runs.run_files import is_run
from tuneloom.model.runtime.atomic import atomic_output
from tuneloom.web.document import GENERATOR, Composer, page_html
from tuneloom.web.entries import PageEntry
from tuneloom.web.inputs import composer_of_run, entries_of_inputs

__all__ = ["PageSummary", "check_page_target", "write_page", "write_page_of"]


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


def write_page_of(
    inputs: Sequence[str],
    output: Path,
    title: str = "",
    against: Path | None = None,
    column: str = "",
    overwrite: bool = False,
) -> PageSummary:
    """Write the page of a data set or of files, and of a run, whose network writes more tunes.

    Raises:
        UsageError: as `write_page`, an input cannot be read, or there are two runs.
    """
    check_page_target(output, overwrite)
    runs = [name for name in inputs if is_run(Path(name))]
    if len(runs) > 1:
        raise UsageError(f"{runs[1]}: a page carries one network; make a page of each run")
    composer = composer_of_run(Path(runs[0])) if runs else None
    files = [name for name in inputs if name not in runs]
    if against and not files:
        raise UsageError("--against compares the tunes of files, and none is named")
    found = entries_of_inputs(files, column, against) if files else iter(())
    return write_page(output, title or Path(inputs[0]).resolve().stem, found, composer, overwrite)
