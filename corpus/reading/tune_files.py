"""Read the tunes of files: tunebooks, tables, and those in archives. What cannot be read is a reject."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from tuneloom.corpus.files.archives import open_members
from tuneloom.corpus.files.contents import file_fault, is_zip
from tuneloom.corpus.files.forms import FileForm, archive_kind, form_of
from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.files.unpacking import Contents, UnreadableFile
from tuneloom.corpus.reading.passages import Passage
from tuneloom.corpus.reading.tunebooks import tunes_in_text
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.tables.read_table import read_table
from tuneloom.corpus.tables.rows import BadRow, BadTable, TableRow

__all__ = ["READING_CODES", "Opener", "TuneFile", "open_local", "open_tune_files", "read_raw_tunes"]

READING_CODES = frozenset({
    "bad-member-name", "bad-row", "bad-table", "binary-file", "damaged-archive", "empty-file",
    "expands-too-much", "file-too-large", "no-tune", "orphan-field", "orphan-music", "system-file",
    "tune-too-long", "unreadable-file",
})  # fmt: skip
"""The codes of rejects that reading gives; those with any other code are tunes that were judged."""

Opener = Callable[[str], BinaryIO]
"""Opens a file at a location for reading; raises OSError."""

_BEGINNING = 1 << 16


def open_local(location: str) -> BinaryIO:
    return Path(location).open("rb")


def read_raw_tunes(
    file: SourceFile, limits: Limits | None = None, open_: Opener = open_local
) -> Iterator[RawTune | Reject]:
    """The tunes of a file, or one reject that says why there are none. Never raises."""
    for opened in open_tune_files([file], limits or Limits(), open_):
        yield from opened.tunes()


def open_tune_files(
    files: Sequence[SourceFile], limits: Limits, open_: Opener = open_local
) -> Iterator[TuneFile]:
    """Each of some files, an archive of which is read in one pass. Never raises.

    The files of an archive must be in a row. Each file is to be read before the next is asked for.
    """
    for location, group in groupby(files, key=lambda file: file.location):
        together = list(group)
        left = {file.member: file for file in together if not file.fault}
        yield from (TuneFile(file, None, limits, open_) for file in together if file.fault)
        fault: UnreadableFile | None = None
        try:
            if left:
                with closing(open_(location)) as stream:
                    for name, contents in _contents_of(stream, location, together, limits):
                        if name in left:
                            yield TuneFile(left.pop(name), contents, limits, open_)
        except UnreadableFile as error:
            fault = error
        except OSError as error:
            fault = _io_fault(error)
        fault = fault or UnreadableFile("unreadable-file", "the archive no longer holds the file")
        yield from (TuneFile(file, fault, limits, open_) for file in left.values())


def _contents_of(
    stream: BinaryIO, location: str, files: Sequence[SourceFile], limits: Limits
) -> Iterator[tuple[str, Contents]]:
    """The contents of the members of an archive, or of the one file that is none, under an empty name."""
    kind = archive_kind(location)
    if kind and any(file.member for file in files):
        yield from open_members(
            stream, kind, {file.member: file.copies for file in files if not file.fault}, limits
        )
    else:
        yield "", Contents(stream, limits)


class TuneFile:
    """A file whose tunes can be read once, and of which the hash is known after that."""

    def __init__(
        self,
        file: SourceFile,
        contents: Contents | UnreadableFile | None,
        limits: Limits,
        open_: Opener = open_local,
    ) -> None:
        self.file = file
        self._fault = contents if isinstance(contents, UnreadableFile) else None
        if file.fault:
            self._fault = UnreadableFile(file.fault_code, file.fault)
        self._contents = contents if isinstance(contents, Contents) else None
        self._limits = limits
        self._open = open_

    def tunes(self) -> Iterator[RawTune | Reject]:
        """The tunes, a reject for each row or tune that cannot be taken, and one if there are none.

        Never raises. Codes of rejects: `READING_CODES`.
        """
        try:
            if self._fault or self._contents is None:
                raise self._fault or UnreadableFile("unreadable-file", "the file was not opened")
            yield from self._checked(self._read(self._contents))
        except UnreadableFile as fault:
            self._fault = fault
            yield self._reject(fault.code, fault.message)
        except OSError as error:
            self._fault = _io_fault(error)
            yield self._reject(self._fault.code, self._fault.message)

    def tunebook(self) -> bytes | None:
        """The bytes of a tunebook, in place of its tunes; None for a table and what cannot be read."""
        try:
            if self._contents is not None and self._form(self._contents) == "tunebook":
                return self._contents.read_whole(self._limits)
        except (UnreadableFile, OSError):
            pass
        return None

    def digest_and_size(self) -> tuple[str, int]:
        """The SHA-256 and the number of bytes of the whole file, unpacked; empty if it cannot be read."""
        if self._fault or self._contents is None:
            return "", 0
        try:
            self._contents.exhaust()
        except (UnreadableFile, OSError):
            return "", 0
        return self._contents.digest, self._contents.size

    def _checked(self, tunes: Iterator[RawTune | Reject]) -> Iterator[RawTune | Reject]:
        found = 0
        for tune in tunes:
            found += 1
            length = len(tune.text) if isinstance(tune, RawTune) else 0
            if isinstance(tune, RawTune) and length > self._limits.tune_characters:
                limit = f"{self._limits.tune_characters:,}"
                message = f"the tune has {length:,} characters, and {limit} is the limit"
                yield self._reject("tune-too-long", message, tune.line, tune.row, tune.offset)
            else:
                yield tune
        if not found:
            yield self._reject("no-tune", "the file holds no tune")

    def _read(self, contents: Contents) -> Iterator[RawTune | Reject]:
        form = self._form(contents)
        if not contents.peek(1):
            yield self._reject("empty-file", "the file is empty")
        elif form == "tunebook":
            yield from self._read_tunebook(contents.read_whole(self._limits))
        else:
            yield from self._read_table(form, contents)

    def _form(self, contents: Contents) -> FileForm:
        return form_of(self.file.member or self.file.location, contents.peek(_BEGINNING))

    def _read_tunebook(self, data: bytes) -> Iterator[RawTune | Reject]:
        if fault := self._archive_fault(data) or file_fault(data):
            yield self._reject(*fault)
        else:
            yield from tunes_in_text(self.file, Passage(data))

    def _read_table(self, form: FileForm, contents: Contents) -> Iterator[RawTune | Reject]:
        file, session = self.file, self.file.format == "thesession"
        try:
            for row in read_table(
                form, contents, self._seekable, self._limits, file.column, session
            ):
                yield from self._read_row(row)
        except BadTable as fault:
            yield self._reject("bad-table", fault.message, fault.line)

    def _read_row(self, row: TableRow | BadRow) -> Iterator[RawTune | Reject]:
        if isinstance(row, BadRow):
            yield self._reject("bad-row", row.message, row.line, row.number)
        elif row.lead:
            yield RawTune(
                source=self.file.source,
                path=self.file.path,
                license=self.file.license,
                offset=0,
                line=row.line,
                text=row.text,
                lead=row.lead,
                row=row.number,
                in_lines=row.in_lines,
            )
        else:
            text = _passage_of(row)
            tune = None
            for tune in tunes_in_text(self.file, text):
                yield tune
            if tune is None:
                yield self._reject(
                    "bad-row", "the text of the row holds no tune", row.line, row.number
                )

    def _seekable(self) -> BinaryIO:
        """The file once more, in memory if it is packed."""
        assert self._contents is not None, "it has been opened"
        if not self.file.member:
            stream = self._open(self.file.location)
            if stream.read(4) == self._contents.peek(4)[:4]:
                return stream
            stream.close()
        return io.BytesIO(self._contents.read_whole(self._limits))

    def _archive_fault(self, data: bytes) -> tuple[str, str] | None:
        """Why an archive was not opened when the files were listed, or None if it is not an archive."""
        if not is_zip(data):
            return None
        if self.file.member:
            return "binary-file", "an archive within an archive is not opened; unpack it first"
        return "binary-file", "the file is a zip archive; give it a name that ends in .zip"

    def _reject(
        self, code: str, message: str, line: int = 1, row: int = 0, offset: int = 0
    ) -> Reject:
        file = self.file
        return Reject(file.source, file.path, offset, line, 1, code, message, row=row)


def _passage_of(row: TableRow) -> Passage:
    """The text of a row. Line ends that are written as `\\n`, which is no music, become line ends."""
    text = row.text
    if "\n" in text.strip() or "\\n" not in text:
        return Passage(text.encode(), 0, row.line, row.number, row.in_lines)
    plain = text.replace("\\r", "").replace("\\n", "\n")
    return Passage(plain.encode(), 0, row.line, row.number, False, ("escaped-lines",))


def _io_fault(error: OSError) -> UnreadableFile:
    reason = error.strerror or type(error).__name__
    return UnreadableFile("unreadable-file", f"the file cannot be read: {reason}")
