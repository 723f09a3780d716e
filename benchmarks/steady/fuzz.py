"""Searches for a text that breaks something: random bytes, walks, and mutants with rare signs in them.

Every text must be parsed or refused with a reason, by both engines alike, and must survive checking,
formatting, repairing, transposing, playing, scoring and more, in a time and a memory that its size allows.
A record must get the same id when its training text is read again. Texts are also put together as books,
with free text, typeset text and charsets, which must be the same after formatting. Each text goes through
half of the trials, drawn anew for it. The first text that fails is printed and ends the run. On 2026-11-26,
590,000 texts and 177,000 books went through 3.2 million trials; what they found has been mended.
"""

from __future__ import annotations

import argparse
import gc
import random
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from benchmarks.steady.books import BOOK_TRIALS, BookTrial, random_book
from benchmarks.steady.trials import TRIALS, Trial, TriedTune
from benchmarks.support.real_tunes import all_real_tunes
from tests.support.random_texts import Walker, mutant
from tuneloom.grammar import parse, read_book
from tuneloom.grammar.automaton.load import load_automaton

__all__ = ["Fuzzing"]

# What real tunes seldom have, for which mutants of single characters would search long.
FRAGMENTS = (
    "|::|", "|]:", ":||:", "|1,3 ", "[1-3,5 ", "|1,", " {g}<", "{a}>>", "(10:8:10", "(3::2", "(3: 2", "(&",
    "&)", "&&", "!D.S.alcoda!", "!segno!", "[K:bass Dm]", "[K:D octave=-1]", "[V:2 clef=treble-8]",
    "[M:3/8]", "[L:1/16]", '[Q:"Slow" 1/4=60]', "[P:B]", "[r:x]", "[U:T=!nil!]", "~G2", "T", "Z2", "y", "$",
    "!", "\t", "\u266d", "\x85", "%", "\\%", "\\\n", "\r", "\n\n", '\nw:a-b *\\', "\nw:c_~d|e",
    '\ns:T "x"|*!p!', "\n+:f g", "\nU:T=!p!", '\nU:s="^x"', "\nm:~n2=no/n", "\nV:1 t=-2",
    "\nK:D min. clef=bass", "\nK:HP", "\nP:A2(BC)3", "\nP:B", '\nQ:C3=40 "x"', "\nM:2+3/8", "\nM:C|",
    "\nI:decoration +", "\nI:linebreak !", "\n%%propagate-accidentals not", "\nT:Air\nX:2",
    "\nX:3\nT:y\nK:Edor\n", "\n%%begintext\n", "\n%%endtext\n", "\nL : 1/4", "\nC:by me", "\nX:4 x",
    "</html>",
)  # fmt: skip

QUICK = ["--minutes", "0.2"]

_BYTES_A_SECOND = 100_000
_SECONDS = 0.5  # that any text may take: others run on this machine
_READINGS = 4  # how often a trial reads its text, at most
_LEAST_MEMORY = 5_000_000  # for any text, however short, and tables that fill as they are used
_MEMORY_A_BYTE = 50
_MEASURED = 100  # of this many texts, one
_BOOKS = 0.3  # of the texts, those that are put into a book
_SHARE = 0.5  # of the trials, those that a text goes through

_T = TypeVar("_T", Trial, BookTrial)


def main(arguments: list[str]) -> bool:
    """Fuzz for `--minutes`, or `--texts`, from `--seed`; False as soon as a text breaks something."""
    parser = argparse.ArgumentParser(prog="benchmarks fuzz")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--texts", type=int, help="stop after this many")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    fuzzing = Fuzzing([tune.text for tune in all_real_tunes()], random.Random(options.seed))
    failure = fuzzing.first_failure(60 * options.minutes, options.texts)
    print(
        f"{failure or 'no finding'}: {fuzzing.texts:,} texts and {fuzzing.books:,} books "
        f"in {fuzzing.trials:,} trials, seed {options.seed}"
    )
    return not failure


class Fuzzing:
    """Makes texts of some tunes and tries them, and counts what held."""

    def __init__(self, tunes: Sequence[str], randomly: random.Random) -> None:
        self.texts = self.books = self.trials = 0
        self._tunes = tunes
        self._randomly = randomly
        self._walker = Walker(load_automaton(), randomly)
        _try_text(tunes[0].encode(), TRIALS)  # what is loaded at first use takes longer than a text

    def first_failure(self, seconds: float, texts: int | None = None) -> str:
        """What the first text that fails did; empty if none does in this time, or among so many."""
        gc.freeze()  # the tunes stay: to look through them at each collection takes long
        end = time.monotonic() + seconds
        while time.monotonic() < end and (texts is None or self.texts < texts):
            data = self._random_text()
            if failure := self._failure(_try_text, data, self._drawn(TRIALS)):
                return failure
            self.texts += 1
            if self._randomly.random() < _BOOKS:
                another = self._randomly.choice(self._tunes).encode("utf-8", "replace")
                book = random_book([data, another], self._randomly)
                if failure := self._failure(_try_book, book, self._drawn(BOOK_TRIALS)):
                    return failure
                self.books += 1
        return ""

    def _drawn(self, trials: Mapping[str, _T]) -> dict[str, _T]:
        return {name: each for name, each in trials.items() if self._randomly.random() < _SHARE}

    def _failure(
        self,
        try_one: Callable[[bytes, Mapping[str, _T]], None],
        data: bytes,
        trials: Mapping[str, _T],
    ) -> str:
        """What went wrong with a text; its memory takes long to measure, so not that of each."""
        is_measured = self._randomly.random() < 1 / _MEASURED
        try:
            _in_bounds(lambda: try_one(data, trials), len(data), len(trials), is_measured)
        except Exception as error:
            return f"{error!r} for {data!r} ({', '.join(trials)})"
        self.trials += len(trials)
        return ""

    def _random_text(self) -> bytes:
        randomly = self._randomly
        kind = randomly.randrange(4)
        if kind == 0:
            return b"X:1\nK:D\n" + randomly.randbytes(randomly.randrange(200))
        if kind == 1:
            return self._walker.walk(400).encode("utf-8", "replace")
        text = randomly.choice(self._tunes)
        for _ in range(randomly.randrange(1, 12)):
            text = mutant(text, randomly) if len(text) > 2 else text
        for _ in range(randomly.randrange(4)):
            place = randomly.randrange(len(text) + 1)
            text = text[:place] + randomly.choice(FRAGMENTS) + text[place:]
        if kind == 2:
            return text.encode("utf-8", "replace")
        data = bytearray(text.encode("utf-8", "replace"))
        for _ in range(4 if data else 0):
            data[randomly.randrange(len(data))] = randomly.randrange(256)
        return bytes(data)


def _try_text(data: bytes, trials: Mapping[str, Trial]) -> None:
    book = read_book(data)
    for tune in book.tunes:
        tried = TriedTune(tune.text, book.header, parse(tune.text, 1, book.header))
        for trial in trials.values():
            trial(tried)


def _try_book(data: bytes, trials: Mapping[str, BookTrial]) -> None:
    for trial in trials.values():
        trial(data)


def _in_bounds(run: Callable[[], None], size: int, trials: int, is_measured: bool) -> None:
    """Try a text of so many bytes in so many ways, and see to its time or its memory."""
    readings = 1 + _READINGS * trials
    if is_measured:
        tracemalloc.start()
    start = time.process_time()
    try:
        run()
        seconds = time.process_time() - start
        peak = tracemalloc.get_traced_memory()[1] if is_measured else 0
    finally:
        tracemalloc.stop()
    slow = not is_measured and seconds > _SECONDS + readings * size / _BYTES_A_SECOND
    assert not slow, f"{seconds:.1f} seconds"
    assert peak <= _LEAST_MEMORY + _MEMORY_A_BYTE * size, f"{peak:,} bytes of memory"
