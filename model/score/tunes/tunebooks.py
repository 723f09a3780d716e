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

from tuneloom.corpus.reading.tunebooks import file_fault
from tuneloom.grammar import read_book
from tuneloom.grammar.errors import UsageError
from tuneloom.model.score.tunes.tokens import is_tokens, read_tokens

__all__ = ["HEADING", "Draw", "Found", "TuneFile", "read_tunes"]

_ASKED = re.compile(r"^%%tuneloom draws (\d+)$", re.MULTILINE)
_DRAW = re.compile(r"^%%tuneloom draw \d+(?:, .*)?\n", re.MULTILINE)
_HEADING = re.compile(r"(?:X:.*\n)?(?:T:.*\n)?(?P<unfinished>%%tuneloom unfinished\n)?")


HEADING = "X:1\nT:\n"
"""What stands before a draw when it is judged."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What a network wrote in one go: training text, which has neither X: nor T: of its own."""

    text: str
    finished: bool = True

    @property
    def whole(self) -> str:
        """The draw as the tune that is judged: `X:1` and an empty `T:` before it."""
        return HEADING + (self.text + "\n" if self.text else "")


@dataclass(frozen=True, slots=True)
class Found:
    """A tune of a tunebook as it stands, with the header that its file gives to all its tunes."""

    text: str
    file_header: str = ""


@dataclass(frozen=True, slots=True)
class TuneFile:
    """The tunes of a file in order, and how many were asked for: there may be fewer tunes."""

    tunes: tuple[Draw | Found, ...]
    asked: int


def read_tunes(path: Path) -> TuneFile:
    """Read a file of generated tunes or a tunebook.

    Raises UsageError if the file cannot be read, is not text, or holds no tune.
    """
    data = _read(path)
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    _, *blocks = _DRAW.split(text)
    if blocks:
        # Files put one behind the other add up, like their headers.
        asked = sum(int(count) for count in _ASKED.findall(text))
        return TuneFile(tuple(map(_draw, blocks)), asked=max(asked, len(blocks)))
    if is_tokens(text):
        draws = tuple(map(Draw, read_tokens(text)))
        return TuneFile(draws, asked=len(draws))
    book = read_book(data)
    if not book.tunes:
        raise UsageError(f"{path}: no tune in this file; a tune begins with X: and has a key, K:")
    tunes = tuple(Found(tune.text, book.header) for tune in book.tunes)
    return TuneFile(tunes, asked=len(tunes))


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    if fault := file_fault(data):
        _, message = fault
        raise UsageError(f"{path}: {message}")
    return data


def _draw(block: str) -> Draw:
    heading = _HEADING.match(block)
    assert heading is not None  # each of its parts may be missing
    # The empty line behind a draw parts it from the next one and is not its own.
    return Draw(block[heading.end() :].rstrip("\n"), finished=not heading["unfinished"])
