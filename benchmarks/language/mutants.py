"""How many faults put into clean tunes are found, and at the right place, by kind of fault.

Each kind is put into up to 1,000 tunes that the grammar accepts as found, taken evenly from all collections:

    stray character  one of # * ; ? @ + § é inserted into a line of music, but not inside quoted text, a
                     decoration, an inline field or a comment, nor after the `\\` that continues a line
    quote … brace    the character that closes quoted text, a chord or grace notes removed
    field            the colon of an M:, L:, Q: or K: line removed, or the first character of its value
                     replaced by `?`; the closing bracket of an inline field removed
    volta            a blank inserted before the number of an ending
    bar line         four more signs, five or more in all
    letter           one of h-w and H-W that neither the standard nor the tune defines, inserted where a
                     stray character may be

The place is right if the first diagnostic is at that very character (stray character) or in its line.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator, Sequence

from benchmarks.support.edits import CleanTune, SourceEdit, apply_edit, taking_turns
from benchmarks.support.real_tunes import all_real_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.parsing.parser import is_parseable, parse_resolved
from tuneloom.grammar.source.resolver import resolve_tune

QUICK = ["--tunes", "100"]
STRAY = "#*;?@+§é"
LETTERS = "hijklmnopqrstwIJKNQRUVW"
FIELDS = ("METER_FIELD", "UNIT_NOTE_LENGTH_FIELD", "TEMPO_FIELD", "KEY_FIELD")
OPAQUE = (*FIELDS, "REFERENCE_FIELD", "TEXT_FIELD", "BODY_TEXT_FIELD")
_GIVEN_LETTERS = re.compile(r"^[Um]:\s*(\S*?)\s*=", re.MULTILINE)


Faults = Callable[[CleanTune, random.Random], Iterator[SourceEdit]]


def main(arguments: Sequence[str]) -> bool:
    """Print a line for each kind of fault; True if all reach their targets."""
    options = argparse.ArgumentParser(prog="benchmarks mutants")
    options.add_argument("--tunes", type=int, default=1_000)
    count = options.parse_args(arguments).tunes
    tunes = taking_turns(all_real_tunes(), random.Random(1))
    print(f"{'':<16} {'tunes':>6} {'found':>8} {'in place':>9}")
    results = {kind: _count_found(kind, faults, tunes, count) for kind, faults in KINDS.items()}
    _, *others = results.values()
    found, placed = (sum(r[i] for r in others) / sum(r[0] for r in others) for i in (1, 2))
    print(f"{'all but the first':<23} {found:>8.2%} {placed:>9.2%}")
    stray = results["stray character"]
    return stray[1] == stray[0] and stray[2] >= 0.95 * stray[0] and found >= 0.97 and placed >= 0.9


def _count_found(
    kind: str, faults: Faults, tunes: list[RawTune], count: int
) -> tuple[int, int, int]:
    """How many tunes got the fault, in how many it was found, and in how many at the right place."""
    randomly = random.Random(kind)
    tried = found = placed = 0
    for tune in tunes:
        if tried == count:
            break
        clean = _clean_tune(tune.text)
        edits = list(faults(clean, randomly)) if clean else []
        if not edits:
            continue
        edit = randomly.choice(edits)
        diagnostics = parse(apply_edit(tune.text, edit)).diagnostics
        tried += 1
        if diagnostics:
            found += 1
            first = diagnostics[0]
            exact = kind != "stray character" or first.column == edit.column
            placed += first.line == edit.line and exact
    print(f"{kind:<16} {tried:>6,} {found / tried:>8.2%} {placed / tried:>9.2%}", flush=True)
    return tried, found, placed


def _clean_tune(text: str) -> CleanTune | None:
    if not is_parseable(text):
        return None
    resolved = resolve_tune(text)
    tree = parse_resolved(resolved.text)
    return CleanTune(text, resolved, list(tree.tokens()))


def _insertion_offsets(clean: CleanTune) -> Iterator[int]:
    """The offsets at which a character can be inserted between those of the music."""
    for token in clean.tokens:
        start, length = token.start, len(token)
        if token.type in ("CHORD_SYMBOL", "INLINE_FIELD") or token.startswith("!"):
            yield start
        elif token.type not in OPAQUE:
            yield from range(start, start + length)


def _stray_characters(clean: CleanTune, randomly: random.Random) -> Iterator[SourceEdit]:
    for offset in _insertion_offsets(clean):
        yield from clean.edit(offset, 0, randomly.choice(STRAY))


def _letters(clean: CleanTune, randomly: random.Random) -> Iterator[SourceEdit]:
    given = "".join(_GIVEN_LETTERS.findall(clean.source))
    letters = [letter for letter in LETTERS if letter not in given]
    for offset in _insertion_offsets(clean):
        yield from clean.edit(offset, 0, randomly.choice(letters))


def _closing_removed(kind: str, sign: str) -> Faults:
    def faults(clean: CleanTune, _: random.Random) -> Iterator[SourceEdit]:
        for start, text in clean.of(kind):
            yield from clean.edit(start + text.rindex(sign), 1, "")

    return faults


def _broken_fields(clean: CleanTune, _: random.Random) -> Iterator[SourceEdit]:
    for start, text in clean.of(*FIELDS):
        yield from clean.edit(start + 1, 1, "")
        value = text[2:].lstrip()
        if value:
            yield from clean.edit(start + len(text) - len(value), 1, "?")
    for start, text in clean.of("INLINE_FIELD"):
        yield from clean.edit(start + len(text) - 1, 1, "")


def _blanks_before_voltas(clean: CleanTune, _: random.Random) -> Iterator[SourceEdit]:
    for start, text in clean.of("BAR_LINE"):
        if number := re.search("[0-9]", text):
            yield from clean.edit(start + number.start(), 0, " ")


def _long_bar_lines(clean: CleanTune, _: random.Random) -> Iterator[SourceEdit]:
    for start, _text in clean.of("BAR_LINE"):
        yield from clean.edit(start, 0, "||||")


KINDS: dict[str, Faults] = {
    "stray character": _stray_characters,
    "quote": _closing_removed("CHORD_SYMBOL", '"'),
    "bracket": _closing_removed("CHORD_CLOSE", "]"),
    "brace": _closing_removed("GRACE_CLOSE", "}"),
    "field": _broken_fields,
    "volta": _blanks_before_voltas,
    "bar line": _long_bar_lines,
    "letter": _letters,
}
