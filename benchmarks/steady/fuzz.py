"""Searches for a text that breaks something: random bytes, walks, and mutants with rare signs in them.

Every text must be parsed or refused with a reason, by both engines alike, and must survive checking,
formatting, repairing, transposing and scoring, in a time and a memory that its size allows. A record must
get the same id when its training text is read again. Texts are also put together as books, with free text,
typeset text and charsets, which must be the same after formatting. The first text that fails is printed and
ends the run. On 2026-11-26 two runs of 30 CPU minutes in all found nothing in 573,458 texts.
"""

from __future__ import annotations

import argparse
import random
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress

from benchmarks.steady.books import random_book, try_formatting
from benchmarks.support.real_tunes import all_real_tunes
from tests.support.random_texts import Walker, mutant
from tuneloom.corpus.admit import admit
from tuneloom.corpus.melody import melody_id
from tuneloom.corpus.record import RawTune, Record
from tuneloom.grammar import is_parseable, parse, read_book
from tuneloom.grammar.automaton.load import load_automaton
from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.canonical.formatter import format_tune
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.editing.tunes.transpose_tune import transpose_tune
from tuneloom.grammar.editing.tunes.transposition import Transposition
from tuneloom.grammar.repairs import repair
from tuneloom.model.score.tunes.tune_set import TunebookTune
from tuneloom.model.score.tunes.verdict import judge_tune

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
_SECONDS = 0.2  # that any text may take: others run on this machine
_LEAST_MEMORY = 20_000_000  # tables that are kept, and what is needed for any text
_MEASURED = 50  # of this many texts, one


def main(arguments: list[str]) -> bool:
    """Fuzz for `--minutes`, or `--texts`, from `--seed`; False as soon as a text breaks something."""
    parser = argparse.ArgumentParser(prog="benchmarks fuzz")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--texts", type=int, help="stop after this many")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    randomly = random.Random(options.seed)
    tunes = [tune.text for tune in all_real_tunes()]
    failure, count = fuzz(tunes, randomly, 60 * options.minutes, options.texts)
    print(
        failure
        or f"{count:,} texts in {options.minutes:g} minutes, seed {options.seed}: no finding"
    )
    return not failure


def fuzz(
    tunes: list[str], randomly: random.Random, seconds: float, texts: int | None = None
) -> tuple[str, int]:
    """Try mutants of tunes and other texts; what the first that fails did, if one does, and how many held."""
    walker = Walker(load_automaton(), randomly)
    end = time.monotonic() + seconds
    count = 0
    while time.monotonic() < end and (texts is None or count < texts):
        data = _random_text(tunes, walker, randomly)
        book = random_book([data, randomly.choice(tunes).encode("utf-8", "replace")], randomly)
        try:
            _in_bounds(_try_text, data, is_measured=count % _MEASURED == 0)
            _in_bounds(try_formatting, book, is_measured=False)
        except Exception as error:
            return f"after {count:,} texts: {error!r} for {data!r} or {book!r}", count
        count += 1
    return "", count


def _in_bounds(try_one: Callable[[bytes], None], data: bytes, *, is_measured: bool) -> None:
    """Try a text, and see to its time and, which takes long to measure, its memory."""
    if is_measured:
        tracemalloc.start()
    start = time.process_time()
    try:
        try_one(data)
        seconds = time.process_time() - start
        peak = tracemalloc.get_traced_memory()[1] if is_measured else 0
    finally:
        tracemalloc.stop()
    # A text is read some twenty times here, and to measure memory takes as long as to parse.
    assert is_measured or seconds <= 20 * (_SECONDS + len(data) / _BYTES_A_SECOND), (
        f"{seconds:.1f} seconds"
    )
    assert peak <= _LEAST_MEMORY + 50 * 20 * len(data), f"{peak:,} bytes of memory"


def _random_text(tunes: list[str], walker: Walker, randomly: random.Random) -> bytes:
    kind = randomly.randrange(4)
    if kind == 0:
        return b"X:1\nK:D\n" + randomly.randbytes(randomly.randrange(200))
    if kind == 1:
        return walker.walk(400).encode("utf-8", "replace")
    text = randomly.choice(tunes)
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


def _try_text(data: bytes) -> None:
    book = read_book(data)
    for found in book.tunes:
        parsed = parse(found.text, found.line, book.header)
        assert parsed.parseable == is_parseable(found.text, book.header), "the engines disagree"
        assert parsed.parseable == (not parsed.diagnostics), "refused without a reason"
        _try_rewriting(found.text, book.header)
        judge_tune(TunebookTune(found.text, book.header))
        raw = RawTune("fuzz", "fuzz.abc", "none", found.offset, found.line, found.text, book.header)
        result = admit(raw, "melody").result
        if isinstance(result, Record):
            again = parse("X:1\nT:\n" + result.abc)
            assert again.parseable, "the training text is not parseable"
            assert melody_id(again.tune) == result.id, "the training text sounds different"


def _try_rewriting(text: str, header: str) -> None:
    """Findings have places; formatting keeps the music; formatting and repairing are idempotent."""
    for diagnostic in check_tune(text, 1, header):
        assert diagnostic.line >= 1, "a finding without a place"
    before, formatted = parse(text, 1, header), format_tune(text, header)
    assert formatted.count("\n") == text.count("\n"), "formatting changed the number of lines"
    assert format_tune(formatted, header) == formatted, "formatting twice changes something"
    if before.parseable:
        after = parse(formatted, 1, header)
        assert after.parseable, "the formatted text is not a tune"
        assert musically_equal(before.tune, after.tune), "formatting changed the music"
        with suppress(CannotEdit):
            moved = transpose_tune(before, text, Transposition(2), header)
            assert parse(moved, 1, header).parseable, "the transposed text is not a tune"
    repaired = repair(text, 1, header)
    assert repaired.text.count("\n") >= text.count("\n"), "a repair took a line away"
    assert not before.parseable or repaired.parsed.parseable, "a repair broke a tune"
    assert repair(repaired.text, 1, header).text == repaired.text, (
        "repairing twice changes something"
    )
