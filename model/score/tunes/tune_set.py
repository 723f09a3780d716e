"""A file of tunes to score: what a network drew, or any tunebook.

Our own files mark every draw, so that each counts as one whatever it holds:

    %%tuneloom draws 200            how many were asked for
    …
    %%tuneloom draw 1               perhaps with what a mask has cut away: `, cut 0.123 bits`
    X:1
    T:…
    %%tuneloom unfinished           only where the draw was cut off at the cap
    M:6/8
    …

Files of tokens, as folk-rnn writes them, are draws as well (`model.score.tokens`). Any other file is a
tunebook, and the grammar says where its tunes begin and end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tuneloom.corpus.reading.contents import file_fault
from tuneloom.grammar import read_book
from tuneloom.grammar.errors import UsageError
from tuneloom.model.score.tunes.token_files import is_token_file, read_token_file

__all__ = ["DRAW_HEADER", "DrawnText", "TuneSet", "TunebookTune", "read_tunes"]

_REQUESTED = re.compile(r"^%%tuneloom draws (\d+)$", re.MULTILINE)
_MARK = re.compile(r"^%%tuneloom draw \d+(?:, .*)?\n", re.MULTILINE)
_OWN_HEADER = re.compile(r"(?:X:.*\n)?(?:T:.*\n)?(?P<unfinished>%%tuneloom unfinished\n)?")


DRAW_HEADER = "X:1\nT:\n"
"""What stands before a draw when it is judged."""


@dataclass(frozen=True, slots=True)
class DrawnText:
    """What a network wrote in one go: training text, which has neither X: nor T: of its own."""

    text: str
    finished: bool = True

    @property
    def tune_text(self) -> str:
        """The draw as the tune that is judged: `X:1` and an empty `T:` before it."""
        return DRAW_HEADER + (self.text + "\n" if self.text else "")


@dataclass(frozen=True, slots=True)
class TunebookTune:
    """A tune of a tunebook as it stands, with the header that its file gives to all its tunes."""

    text: str
    file_header: str = ""


@dataclass(frozen=True, slots=True)
class TuneSet:
    """The tunes of a file in order, and how many were asked for: there may be fewer tunes."""

    tunes: tuple[DrawnText | TunebookTune, ...]
    requested: int


def read_tunes(path: Path) -> TuneSet:
    """Read a file of generated tunes or a tunebook.

    Raises UsageError if the file cannot be read, is not text, or holds no tune.
    """
    data = _read_bytes(path)
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    _, *blocks = _MARK.split(text)
    if blocks:
        # Files put one behind the other add up, like their headers.
        requested = sum(int(count) for count in _REQUESTED.findall(text))
        return TuneSet(tuple(map(_drawn_text, blocks)), requested=max(requested, len(blocks)))
    if is_token_file(text):
        draws = tuple(map(DrawnText, read_token_file(text)))
        return TuneSet(draws, requested=len(draws))
    book = read_book(data)
    if not book.tunes:
        raise UsageError(f"{path}: no tune in this file; a tune begins with X: and has a key, K:")
    tunes = tuple(TunebookTune(tune.text, book.header) for tune in book.tunes)
    return TuneSet(tunes, requested=len(tunes))


def _read_bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    if fault := file_fault(data):
        _, message = fault
        raise UsageError(f"{path}: {message}")
    return data


def _drawn_text(block: str) -> DrawnText:
    heading = _OWN_HEADER.match(block)
    assert heading is not None  # each of its parts may be missing
    # The empty line behind a draw parts it from the next one and is not its own.
    return DrawnText(block[heading.end() :].rstrip("\n"), finished=not heading["unfinished"])
