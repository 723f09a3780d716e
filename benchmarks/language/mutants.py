"""What is found, and where, when clean tunes get one fault: by kind, in percent of the tunes.

Up to 1,000 tunes for each kind, drawn evenly from all collections among those that the grammar accepts
as found and that have something to break:

    stray character  one of # * ; ? @ + § é put into a music line, anywhere but inside quoted text, a
                     decoration, an inline field or a comment, or behind the `\\` that continues a line
    quote … brace    what closes quoted text, a chord or grace notes is removed
    field            of an M:, L:, Q: or K: line the colon is removed, or the value's first character
                     becomes `?`; of an inline field the bracket that closes it is removed
    volta            a blank before the number of an ending
    bar line         four signs more, five or more in all
    letter           one of h-w and H-W that neither the standard nor the tune gives a meaning, put where
                     the stray character may stand

A fault is in place if the first diagnostic names the very character (stray character) or its line.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.support.tunes import real_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.parsing.parser import is_parseable, parse_resolved
from tuneloom.grammar.source.resolver import Resolved, resolve

QUICK = ["--tunes", "100"]
STRAY = "#*;?@+§é"
LETTERS = "hijklmnopqrstwIJKNQRUVW"
FIELDS = ("METER_FIELD", "UNIT_NOTE_LENGTH_FIELD", "TEMPO_FIELD", "KEY_FIELD")
OPAQUE = (*FIELDS, "REFERENCE_FIELD", "TEXT_FIELD", "BODY_TEXT_FIELD")
_GIVEN_LETTERS = re.compile(r"^[Um]:\s*(\S*?)\s*=", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to the source text: at a line and column, both from 1, so much for so much."""

    line: int
    column: int
    removed: int
    inserted: str


@dataclass(frozen=True, slots=True)
class Clean:
    """A tune that the grammar accepts: its source, its resolved text and the tokens of that."""

    source: str
    resolved: Resolved
    tokens: list[Token]

    def edit(self, offset: int, removed: int, inserted: str) -> Iterator[Edit]:
        """The change at an offset of the resolved text, if the same character stands in the source."""
        line, column = self.resolved.place(offset)
        here = (self.source.split("\n")[line - 1] + "\n")[column - 1 : column]
        if here == self.resolved.text[offset] or self.resolved.text[offset] == "\n":
            yield Edit(line, column, removed, inserted)

    def of(self, *kinds: str) -> Iterator[tuple[int, str]]:
        """Where the tokens of these kinds begin, and what they are."""
        return ((t.start, str(t)) for t in self.tokens if t.type in kinds)


Faults = Callable[[Clean, random.Random], Iterator[Edit]]


def main(arguments: Sequence[str]) -> bool:
    """Print a line for each kind of fault; True if all reach their marks."""
    options = argparse.ArgumentParser(prog="benchmarks mutants")
    options.add_argument("--tunes", type=int, default=1_000)
    wanted = options.parse_args(arguments).tunes
    tunes = evenly(real_tunes(), random.Random(1))
    print(f"{'':<16} {'tunes':>6} {'found':>8} {'in place':>9}")
    results = {kind: _result(kind, faults, tunes, wanted) for kind, faults in KINDS.items()}
    _, *others = results.values()
    found, placed = (sum(r[i] for r in others) / sum(r[0] for r in others) for i in (1, 2))
    print(f"{'all but the first':<23} {found:>8.2%} {placed:>9.2%}")
    stray = results["stray character"]
    return stray[1] == stray[0] and stray[2] >= 0.95 * stray[0] and found >= 0.97 and placed >= 0.9


def _result(kind: str, faults: Faults, tunes: list[RawTune], wanted: int) -> tuple[int, int, int]:
    """How many tunes got the fault, in how many it was found, and in how many at its place."""
    randomly = random.Random(kind)
    tried = found = placed = 0
    for tune in tunes:
        if tried == wanted:
            break
        clean = _clean(tune.text)
        edits = list(faults(clean, randomly)) if clean else []
        if not edits:
            continue
        edit = randomly.choice(edits)
        diagnostics = parse(apply(tune.text, edit)).diagnostics
        tried += 1
        if diagnostics:
            found += 1
            first = diagnostics[0]
            exact = kind != "stray character" or first.column == edit.column
            placed += first.line == edit.line and exact
    print(f"{kind:<16} {tried:>6,} {found / tried:>8.2%} {placed / tried:>9.2%}", flush=True)
    return tried, found, placed


def evenly(tunes: list[RawTune], randomly: random.Random) -> list[RawTune]:
    """All tunes in random order, the collections taking turns as long as they last."""
    randomly.shuffle(tunes)
    turns: dict[str, int] = {}
    order = []
    for index, tune in enumerate(tunes):
        turns[tune.source] = turns.get(tune.source, 0) + 1
        order.append((turns[tune.source], index))
    return [tunes[index] for _, index in sorted(order)]


def _clean(text: str) -> Clean | None:
    if not is_parseable(text):
        return None
    resolved = resolve(text)
    tree = parse_resolved(resolved.text)
    return Clean(text, resolved, list(tree.tokens()))


def apply(text: str, edit: Edit) -> str:
    lines = text.split("\n")
    line, at = lines[edit.line - 1], edit.column - 1
    lines[edit.line - 1] = line[:at] + edit.inserted + line[at + edit.removed :]
    return "\n".join(lines)


def _gaps(clean: Clean) -> Iterator[int]:
    """The offsets at which something can be put between the characters of the music."""
    for token in clean.tokens:
        start, length = token.start, len(token)
        if token.type in ("CHORD_SYMBOL", "INLINE_FIELD") or token.startswith("!"):
            yield start
        elif token.type not in OPAQUE:
            yield from range(start, start + length)


def _stray_characters(clean: Clean, randomly: random.Random) -> Iterator[Edit]:
    for offset in _gaps(clean):
        yield from clean.edit(offset, 0, randomly.choice(STRAY))


def _letters(clean: Clean, randomly: random.Random) -> Iterator[Edit]:
    given = "".join(_GIVEN_LETTERS.findall(clean.source))
    letters = [letter for letter in LETTERS if letter not in given]
    for offset in _gaps(clean):
        yield from clean.edit(offset, 0, randomly.choice(letters))


def _closing(kind: str, sign: str) -> Faults:
    def faults(clean: Clean, _: random.Random) -> Iterator[Edit]:
        for start, text in clean.of(kind):
            yield from clean.edit(start + text.rindex(sign), 1, "")

    return faults


def _fields(clean: Clean, _: random.Random) -> Iterator[Edit]:
    for start, text in clean.of(*FIELDS):
        yield from clean.edit(start + 1, 1, "")
        value = text[2:].lstrip()
        if value:
            yield from clean.edit(start + len(text) - len(value), 1, "?")
    for start, text in clean.of("INLINE_FIELD"):
        yield from clean.edit(start + len(text) - 1, 1, "")


def _voltas(clean: Clean, _: random.Random) -> Iterator[Edit]:
    for start, text in clean.of("BAR_LINE"):
        if number := re.search("[0-9]", text):
            yield from clean.edit(start + number.start(), 0, " ")


def _bar_lines(clean: Clean, _: random.Random) -> Iterator[Edit]:
    for start, _text in clean.of("BAR_LINE"):
        yield from clean.edit(start, 0, "||||")


KINDS: dict[str, Faults] = {
    "stray character": _stray_characters,
    "quote": _closing("CHORD_SYMBOL", '"'),
    "bracket": _closing("CHORD_CLOSE", "]"),
    "brace": _closing("GRACE_CLOSE", "}"),
    "field": _fields,
    "volta": _voltas,
    "bar line": _bar_lines,
    "letter": _letters,
}
