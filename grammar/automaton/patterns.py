"""Compiles the patterns of terminals to programs of an automaton that reads characters.

Python's own parser takes a pattern apart; what `abc.lark` may not use (lookaround, references, lazy repeats)
is refused by name. A program keeps the order in which Python's matcher tries alternatives, which the proof
needs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct, field

__all__ = ["Alphabet", "Program", "alphabet_of", "compile_pattern"]

# The parser of `re.compile`, which has no public name since Python 3.11.
_parser: Any = vars(re)["_parser"]
_LAST = 0x10FFFF
Ranges = tuple[tuple[int, int], ...]


class Program(Struct):
    """Instructions by number: read a character of some ranges, or try several in order, or match."""

    reads: dict[int, tuple[Ranges, int]] = field(default_factory=dict)
    tries: dict[int, list[int]] = field(default_factory=dict)
    matches: dict[int, str] = field(default_factory=dict)
    size: int = 0

    def _new(self) -> int:
        self.size += 1
        return self.size - 1

    def match(self, name: str) -> int:
        number = self._new()
        self.matches[number] = name
        return number

    def read(self, ranges: Ranges, then: int) -> int:
        number = self._new()
        self.reads[number] = (ranges, then)
        return number

    def attempt(self, targets: Iterable[int]) -> int:
        number = self._new()
        self.tries[number] = list(targets)
        return number


def compile_pattern(pattern: str, name: str, program: Program) -> int:
    """Add a pattern that matches as `name` to a program; the number of its first instruction."""
    return _sequence(_parser.parse(pattern), program.match(name), program, ignore_case=False)


def _sequence(items: Any, then: int, program: Program, *, ignore_case: bool) -> int:
    for operation, argument in reversed(list(items)):
        then = _item(str(operation), argument, then, program, ignore_case)
    return then


def _item(operation: str, argument: Any, then: int, program: Program, ignore_case: bool) -> int:
    match operation:
        case "LITERAL" | "NOT_LITERAL" | "IN" | "ANY":
            return program.read(_ranges(operation, argument, ignore_case), then)
        case "BRANCH":
            branches = [_sequence(b, then, program, ignore_case=ignore_case) for b in argument[1]]
            return program.attempt(branches)
        case "SUBPATTERN":
            _, added, _, inner = argument
            ignore = ignore_case or bool(added & re.IGNORECASE)
            return _sequence(inner, then, program, ignore_case=ignore)
        case "MAX_REPEAT":
            return _repeat(argument, then, program, ignore_case)
    raise ValueError(f"a terminal of the grammar uses {operation}, which is not supported")


def _repeat(argument: Any, then: int, program: Program, ignore_case: bool) -> int:
    least, most, inner = argument
    if most == _parser.MAXREPEAT:
        loop = program.attempt([])
        body = _sequence(inner, loop, program, ignore_case=ignore_case)
        program.tries[loop] = [body, then]
        then = loop
    else:
        after = then
        for _ in range(most - least):
            body = _sequence(inner, then, program, ignore_case=ignore_case)
            then = program.attempt([body, after])
    for _ in range(least):
        then = _sequence(inner, then, program, ignore_case=ignore_case)
    return then


def _ranges(operation: str, argument: Any, ignore_case: bool) -> Ranges:
    if operation == "ANY":
        return _complement(((10, 10),))
    if operation == "LITERAL":
        return _cased(((argument, argument),), ignore_case)
    if operation == "NOT_LITERAL":
        return _complement(_cased(((argument, argument),), ignore_case))
    found: list[tuple[int, int]] = []
    negated = False
    for kind, value in argument:
        if str(kind) == "NEGATE":
            negated = True
        elif str(kind) == "LITERAL":
            found.append((value, value))
        elif str(kind) == "RANGE":
            found.append(value)
        else:
            raise ValueError(f"a terminal of the grammar uses {kind} in a set of characters")
    ranges = _cased(tuple(found), ignore_case)
    return _complement(ranges) if negated else ranges


def _cased(ranges: Ranges, ignore_case: bool) -> Ranges:
    """Letters of ASCII in both cases; the engine compiles with re.ASCII, so there are no others."""
    if not ignore_case:
        return ranges
    letters = [
        c for low, high in ranges for c in range(low, min(high, 127) + 1) if chr(c).isalpha()
    ]
    return ranges + tuple(
        (ord(x), ord(x)) for c in letters for x in chr(c).lower() + chr(c).upper()
    )


def _complement(ranges: Ranges) -> Ranges:
    gaps: list[tuple[int, int]] = []
    start = 0
    for low, high in sorted(ranges):
        if low > start:
            gaps.append((start, low - 1))
        start = max(start, high + 1)
    if start <= _LAST:
        gaps.append((start, _LAST))
    return tuple(gaps)


class Alphabet(Struct, frozen=True, array_like=True):
    """Classes of characters that no terminal tells apart.

    `cuts` are the code points at which a new range begins, `classes[i]` is the class of range i.
    """

    cuts: tuple[int, ...]
    classes: tuple[int, ...]

    @property
    def size(self) -> int:
        return max(self.classes) + 1

    def class_of(self, char: str) -> int:
        return self.classes[bisect_right(self.cuts, ord(char)) - 1]

    def members(self, ranges: Ranges) -> int:
        """The classes inside these ranges, as bits."""
        bits = 0
        for cut, number in zip(self.cuts, self.classes, strict=True):
            if any(low <= cut <= high for low, high in ranges):
                bits |= 1 << number
        return bits

    def characters(self, number: int) -> str:
        """The characters of ASCII in a class, or its first one if there are none."""
        found = [chr(c) for c in range(128) if self.class_of(chr(c)) == number]
        return "".join(found) or chr(self.cuts[self.classes.index(number)])


def alphabet_of(programs: Sequence[Program]) -> Alphabet:
    """The coarsest classes that tell apart what any instruction of the programs tells apart."""
    sets = sorted({ranges for p in programs for ranges, _ in p.reads.values()})
    cuts = sorted(
        {0, *(low for r in sets for low, _ in r), *(high + 1 for r in sets for _, high in r)}
    )
    cuts = [cut for cut in cuts if cut <= _LAST]
    signatures: dict[tuple[bool, ...], int] = {}
    classes = []
    for cut in cuts:
        signature = tuple(any(low <= cut <= high for low, high in ranges) for ranges in sets)
        classes.append(signatures.setdefault(signature, len(signatures)))
    return Alphabet(tuple(cuts), tuple(classes))
