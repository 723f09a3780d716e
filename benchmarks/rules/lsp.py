"""The language server in a book of 400 tunes: how long a keystroke waits for its findings, and random edits.

python -m benchmarks lsp [--keystrokes N] [--edits N] [--compared N]

The keystrokes go to `tuneloom lsp` in a process of its own, by a real client; the time is that from the
change to its diagnostics, with the pause in which the server waits for another change. The random edits are
made in this process, in a book of 40 tunes; after some of them what was found is compared with a check of
the whole book from the beginning. How much memory the process has is printed on the way.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from lsprotocol.types import Position, Range

from benchmarks.support.real_tunes import all_real_tunes
from tests.support.editor import Editor, start_editor
from tuneloom.cli.text.settings import CheckSettings, select_codes
from tuneloom.lsp.document_text import DocumentText
from tuneloom.lsp.open_book import OpenBook

QUICK = ["--keystrokes", "5", "--edits", "20", "--compared", "2"]
TUNES = 400
EDITED_TUNES = 40
MAX_WAIT = 0.15  # seconds, for 95% of the keystrokes
MAX_GROWTH = 1.1  # of the memory, from a tenth of the edits on
URI = "file:///book.abc"
TYPED = (
    "A",
    "B2",
    "|",
    "z",
    "k",
    '"',
    "\n",
    "\n\n",
    "%",
    ":|",
    "(",
    "-",
    "X:1\n",
    "K:D\n",
    "é",
    "😀",
    "",
)


def main(arguments: Sequence[str]) -> bool:
    """Print the waits, the differences and the memory; False if one of them is more than it may be."""
    parser = argparse.ArgumentParser(prog="benchmarks lsp", description=__doc__)
    parser.add_argument("--keystrokes", type=int, default=100, help="how many to wait for")
    parser.add_argument("--edits", type=int, default=10_000, help="how many random edits")
    parser.add_argument("--compared", type=int, default=400, help="after how many to check afresh")
    options = parser.parse_args(arguments)
    tunes = [tune.text for tune in all_real_tunes() if tune.source == "nottingham"][:TUNES]
    book, small_book = "\n".join(tunes), "\n".join(tunes[:EDITED_TUNES])
    print(f"a book of {len(tunes)} tunes, {len(book):,} characters")
    waits = asyncio.run(_waits(book, options.keystrokes))
    return _random_edits(small_book, options.edits, options.compared) and waits


# ------------------------------------------------------------ keystrokes


async def _waits(book: str, keystrokes: int) -> bool:
    """Type a note and delete it again, now here, now there."""
    places = _music_lines(book)
    draw = random.Random(1)
    waits: list[float] = []
    async with start_editor() as editor:
        begin = time.perf_counter()
        editor.open(URI, book)
        await editor.marks_of(URI, 1)
        opened = time.perf_counter() - begin
        gc.freeze()  # collections of this client are none of the server's time
        for number in range(keystrokes):
            line = draw.choice(places)
            waits.append(await _wait(editor, 2 + 2 * number, line, 0, "k"))
            await _wait(editor, 3 + 2 * number, line, 1, "")
    last = sorted(waits)[int(0.95 * (len(waits) - 1))]
    print(f"opened in {opened:.2f} s")
    print(
        f"{keystrokes} keystrokes: median {1000 * statistics.median(waits):.0f} ms, "
        f"95% within {1000 * last:.0f} ms (at most {1000 * MAX_WAIT:.0f} ms)"
    )
    return last <= MAX_WAIT


async def _wait(editor: Editor, version: int, line: int, deleted: int, typed: str) -> float:
    begin = time.perf_counter()
    editor.type(URI, version, Range(Position(line, 0), Position(line, deleted)), typed)
    await editor.marks_of(URI, version)
    return time.perf_counter() - begin


def _music_lines(book: str) -> list[int]:
    lines = book.split("\n")
    return [index for index, line in enumerate(lines) if "|" in line and line[1:2] != ":"]


# ------------------------------------------------------------ random edits


def _random_edits(book: str, edits: int, compared: int) -> bool:
    codes = select_codes(CheckSettings(), None, (), ()).codes
    open_book = OpenBook(DocumentText(book))
    open_book.findings(codes)
    different = 0
    early = memory = _megabytes()
    begin = time.process_time()
    for number, text in enumerate(_edited_texts(book, edits), start=1):
        open_book.change(text, number)
        found = open_book.findings(codes)
        if number % max(1, edits // compared) == 0:
            different += found != OpenBook(text).findings(codes)
        if number == edits // 10:
            early = _megabytes()
            print(f"after {number:,} random edits: {early:.0f} MB")
    spent, memory = time.process_time() - begin, _megabytes()
    print(f"after {edits:,} random edits: {memory:.0f} MB, {spent:,.0f} s of processor time")
    print(f"{different} differences in {compared} comparisons with a fresh check")
    return not different and memory <= MAX_GROWTH * early


def _edited_texts(book: str, edits: int) -> Iterator[DocumentText]:
    """A book after each of some edits, begun anew now and then, so that most of it stays music."""
    draw = random.Random(2)
    text = DocumentText(book)
    for number in range(edits):
        if number % 100 == 0:
            text = DocumentText(book)
        line, column = draw.randrange(len(text)), draw.randrange(30)
        end = Position(line + draw.choice((0, 0, 0, 0, 1)), column + draw.choice((0, 0, 1, 3)))
        text = text.edited(Range(Position(line, column), end), draw.choice(TYPED))
        yield text


def _megabytes() -> float:
    """The memory that this process has now; Linux only."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6
