"""Reading a file of tunes to score: tunes drawn from a network, or any tunebook.

The files of `tuneloom generate` mark every tune, so that each counts as one whatever its text is:

    %%tuneloom draws 200            how many were requested
    …
    %%tuneloom draw 1               under a constraint followed by `, cut 0.123 bits`
    X:1
    T:…
    %%tuneloom unfinished           only if the tune was cut off at its maximum length
    M:6/8
    …

Token files, as folk-rnn writes them, hold drawn tunes as well (`token_files`), and so do texts between marks
such as `<|endoftext|>`. In tables each row counts, whether there is a tune in it or not. Any other file is a
tunebook, and the grammar decides where its tunes begin and end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tuneloom.corpus.files.contents import file_fault
from tuneloom.corpus.files.forms import is_plain_tunebook
from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.model_texts import plain_passages
from tuneloom.corpus.reading.passages import Passage
from tuneloom.corpus.reading.tune_files import open_tune_files
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.sources.inputs import input_files
from tuneloom.grammar import Diagnostic, read_book
from tuneloom.grammar.diagnostics.classify import diagnose_orphan
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.source.charset import charset_of
from tuneloom.model.score.tunes.token_files import is_token_file, read_token_file

__all__ = [
    "DRAW_HEADER",
    "DrawnText",
    "TuneSet",
    "TunebookTune",
    "drawn_texts",
    "read_tunes",
    "tunes_in",
]

_BEGINNING = 1 << 12
_REQUESTED = re.compile(r"^%%tuneloom draws ([0-9]+)$", re.MULTILINE)
_MOST_DIGITS = 12
_MARK = re.compile(r"^%%tuneloom draw \d+(?:, .*)?\n", re.MULTILINE)
_OWN_HEADER = re.compile(r"(?:X:.*\n)?(?:T:.*\n)?(?P<unfinished>%%tuneloom unfinished\n)?")


DRAW_HEADER = "X:1\nT:\n"
"""The header that a drawn tune is given when it is judged."""


@dataclass(frozen=True, slots=True)
class DrawnText:
    """One tune as a network wrote it: training text, which has no X: and T: of its own."""

    text: str
    finished: bool = True

    @property
    def tune_text(self) -> str:
        """The tune that is judged: the text after `X:1` and an empty `T:`."""
        return DRAW_HEADER + (self.text + "\n" if self.text else "")


@dataclass(frozen=True, slots=True)
class TunebookTune:
    """A tune of a tunebook as it is, with the file header that applies to all its tunes."""

    text: str
    file_header: str = ""


@dataclass(frozen=True, slots=True)
class TuneSet:
    """The tunes of a file in order, and how many were requested; there may be fewer tunes.

    `orphans` has what is wrong with music of the file that belongs to no tune, and is not scored. `faults`
    says what is wrong with rows of a table that count as tunes that are not parseable.
    """

    tunes: tuple[DrawnText | TunebookTune, ...]
    requested: int
    orphans: tuple[Diagnostic, ...] = ()
    faults: tuple[str, ...] = ()


def read_tunes(path: Path, column: str = "") -> TuneSet:
    """Read a file of generated tunes, a tunebook, or a table with that column of tunes.

    Raises:
        UsageError: the file cannot be read, is not text, or has no tune.
    """
    data = _read_bytes(path)
    if not is_plain_tunebook(path.name, data[:_BEGINNING]):
        return _table_tunes(path, column)
    return tunes_in(data, str(path))


def tunes_in(data: bytes, name: str) -> TuneSet:
    """The tunes in the text of a file; `name` is for messages.

    Raises:
        UsageError: it is not text, or has no tune.
    """
    if fault := file_fault(data):
        _, message = fault
        raise UsageError(f"{name}: {message}")
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    _, *blocks = _MARK.split(text)
    if blocks:
        # Concatenated files add up, as their tunes do.
        counts = _REQUESTED.findall(text)
        if any(len(count) > _MOST_DIGITS for count in counts):
            raise UsageError(
                f"{name}: says that more tunes were drawn than can be; draw them again"
            )
        requested = sum(map(int, counts))
        return TuneSet(tuple(map(_drawn_text, blocks)), requested=max(requested, len(blocks)))
    if is_token_file(text):
        draws = tuple(map(DrawnText, read_token_file(text)))
        return TuneSet(draws, requested=len(draws))
    texts = [text for text in plain_passages(Passage(data)) if text.data.strip()]
    if len(texts) > 1 or any("token-text" in text.repairs for text in texts):
        marked = (text.data.decode(charset_of(text.data)).strip() + "\n" for text in texts)
        return TuneSet(tuple(map(_drawn_text, marked)), requested=len(texts))
    book = read_book(texts[0].data)
    if not book.tunes:
        raise UsageError(f"{name}: no tune in this file; a tune begins with X: and has a key, K:")
    tunes = tuple(TunebookTune(tune.text, book.header) for tune in book.tunes)
    orphans = tuple(diagnose_orphan(orphan.text, orphan.line) for orphan in book.orphans)
    return TuneSet(tunes, requested=len(tunes), orphans=orphans)


def drawn_texts(texts: Iterable[str]) -> TuneSet:
    """Texts that must each be one whole tune, as a language model returns them."""
    tunes = tuple(_drawn_text(text.strip() + "\n") for text in texts)
    return TuneSet(tunes, requested=len(tunes))


def _read_bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    return data


def _table_tunes(path: Path, column: str) -> TuneSet:
    """The tunes of a table, a packed file or an archive."""
    tunes: list[TunebookTune] = []
    rows: set[tuple[str, int]] = set()
    faults: dict[tuple[str, int], str] = {}
    for file in open_tune_files(input_files([str(path)], column), Limits()):
        for found in file.tunes():
            row = found.path, found.row
            if isinstance(found, RawTune):
                tunes.append(TunebookTune(found.text, found.file_header))
                rows.add(row)
            elif not found.row:
                raise UsageError(f"{path.parent / found.place}: {found.message}")
            else:
                faults[row] = f"{path.parent / found.place}: {found.message}"
    missing = [fault for row, fault in faults.items() if row not in rows]
    if not tunes:
        raise UsageError(f"{path}: no tune in this file; {next(iter(missing), 'it is empty')}")
    return TuneSet(tuple(tunes), requested=len(tunes) + len(missing), faults=tuple(missing))


def _drawn_text(block: str) -> DrawnText:
    heading = _OWN_HEADER.match(block)
    assert heading is not None  # as every part of it is optional
    # The empty line after a tune separates it from the next and is not part of it.
    return DrawnText(block[heading.end() :].rstrip("\n"), finished=not heading["unfinished"])
