"""The tunes that a page is made of: those of files, or the records of a data set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import open_tune_files
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.corpus.sources.inputs import input_files
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.files import MANIFEST
from tuneloom.web.document import Composer
from tuneloom.web.entries import PageEntry, page_entry

__all__ = ["composer_of_run", "entries_of_dataset", "entries_of_files", "is_dataset"]


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
            yield _entry_of_tune(found, references)


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


def _entry_of_tune(tune: RawTune, references: dict[str, int]) -> PageEntry:
    entry = page_entry(tune.text, tune.file_header, references)
    if tune.text.startswith("X:"):
        references.setdefault(entry.reference, tune.line)
    return entry
