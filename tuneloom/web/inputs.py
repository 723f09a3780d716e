"""The tunes that a page is made of: those of files, or the records of a data set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import open_tune_files
from tuneloom.corpus.record import Reject
from tuneloom.corpus.sources.inputs import input_files
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.processes import usable_cores
from tuneloom.grammar.source.book import read_book
from tuneloom.pipeline.dataset.files import MANIFEST
from tuneloom.web.document import Composer
from tuneloom.web.entries import PageEntry, page_entry

__all__ = [
    "composer_of_run", "entries_of_dataset", "entries_of_files", "entries_of_inputs", "entries_of_text",
    "is_dataset",
]  # fmt: skip


def is_dataset(path: Path) -> bool:
    """Whether a directory is one of `tuneloom ingest`."""
    return (path / MANIFEST).is_file()


def composer_of_run(directory: Path) -> Composer:
    """The network of a run.

    Raises:
        UsageError: it is not a run, is damaged, or has a network that a page cannot run.
    """
    from tuneloom.model.runs.directory import RunDirectory
    from tuneloom.web.composer.data import composer_data
    from tuneloom.web.composer.scripts import composer_script

    return Composer(composer_data(RunDirectory.open(directory)), composer_script())


def entries_of_files(inputs: Sequence[str], column: str = "") -> Iterator[PageEntry | Reject]:
    """The tunes of files as for an ingestion, and what could not be read in them.

    Raises:
        UsageError: an input names no file.
    """
    for file in open_tune_files(input_files(inputs, column), Limits()):
        references: dict[str, int] = {}
        row = 0
        for found in file.tunes():
            if isinstance(found, Reject):
                yield found
                continue
            if found.row != row:
                references, row = {}, found.row
            yield _entry_after(found.text, found.file_header, references, found.line)


def entries_of_dataset(directory: Path) -> Iterator[PageEntry]:
    """The tunes of a data set, split by split, each with its title and its number in the page.

    Raises:
        UsageError: it is not a finished data set, or is damaged.
    """
    from tuneloom.pipeline.dataset.manifest import Manifest
    from tuneloom.pipeline.dataset.reader import read_records

    number = 0
    for split in Manifest.load(directory).splits:
        for record in read_records(directory, split):
            number += 1
            yield page_entry(f"X:{number}\nT:{record.title}\n{record.abc}\n")
    if not number:
        raise UsageError(f"{directory}: the data set holds no tune")


def entries_of_text(data: bytes) -> Iterator[PageEntry]:
    """The tunes of the text of a tunebook."""
    book, references = read_book(data), dict[str, int]()
    for tune in book.tunes:
        yield _entry_after(tune.text, book.header, references, tune.line)


def entries_of_inputs(
    inputs: Sequence[str], column: str = "", against: Path | None = None
) -> Iterator[PageEntry | Reject]:
    """The tunes of files or of one data set, if `against` is a data set with their nearest ones in it.

    Raises:
        UsageError: an input cannot be read, or a data set is not alone.
    """
    sets = [name for name in inputs if is_dataset(Path(name))]
    if sets and len(inputs) > 1:
        raise UsageError(f"{sets[0]}: a data set has a page of its own; name it alone")
    found = entries_of_dataset(Path(sets[0])) if sets else entries_of_files(inputs, column)
    return _with_nearest_tunes(found, against) if against else found


def _with_nearest_tunes(
    found: Iterator[PageEntry | Reject], against: Path
) -> Iterator[PageEntry | Reject]:
    from tuneloom.web.originality import with_nearest

    return with_nearest(found, against, usable_cores())


def _entry_after(text: str, header: str, references: dict[str, int], line: int) -> PageEntry:
    """The tune after those with the `references`, which its own is added to."""
    entry = page_entry(text, header, references)
    if text.startswith("X:"):
        references.setdefault(entry.reference, line)
    return entry
