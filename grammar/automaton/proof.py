"""The proof that the engine and the automaton have the same language.

The automaton accepts a text if *some* way of cutting it into terminals fits the rules. The engine tries
one way: in each state of the parse, Python's matcher tries the terminals that can follow, in the order of
the file, and what it finds is final. So every text that the engine accepts, the automaton accepts too. The
proof searches for a text that the automaton accepts and the engine refuses; it finds the shortest, if any.

The engine's choice is followed exactly. A *scanner* is Python's matcher for one set of terminals, as an
automaton over characters whose states are threads in order of preference: a thread that matches cuts off
those after it, and the last match is the one that counts. When the engine ends a terminal, its scanner,
had it read on, must not have matched again. This obligation is a *debt*: it is carried along with the next
terminals until the scanner can match nothing more.
"""

from __future__ import annotations

from collections import deque

from msgspec import Struct, field

from tuneloom.grammar.automaton.build import Compiled
from tuneloom.grammar.automaton.nfa import DEAD
from tuneloom.grammar.automaton.patterns import Program, compile_pattern

__all__ = ["counter_example"]

Threads = tuple[int, ...]
# A scanner by its number, and the state in which it would be if it had read on.
Debt = tuple[int, int]


class _Scanner(Struct):
    """Python's matcher for some terminals; state 0 is the start, `kind` the match that counts there."""

    program: Program
    steps: list[dict[int, int]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    _reads: dict[int, tuple[int, int]] = field(default_factory=dict)
    _numbers: dict[Threads, int] = field(default_factory=dict)
    _states: list[Threads] = field(default_factory=list)

    @classmethod
    def of(cls, names: list[str], compiled: Compiled) -> _Scanner:
        program = Program()
        entries = [compile_pattern(compiled.rules.terminals[n], n, program) for n in names]
        scanner = cls(program)
        scanner._reads = {
            number: (compiled.alphabet.members(ranges), then)
            for number, (ranges, then) in program.reads.items()
        }
        scanner._state(entries)
        return scanner

    def step(self, state: int, symbol: int) -> int:
        """The state after one more character, or DEAD."""
        known = self.steps[state]
        if symbol not in known:
            targets = [
                self._reads[thread][1]
                for thread in self._states[state]
                if thread in self._reads and self._reads[thread][0] >> symbol & 1
            ]
            known[symbol] = self._state(targets) if targets else DEAD
        return known[symbol]

    def _state(self, starts: list[int]) -> int:
        threads, kind = self._threads(starts)
        if threads not in self._numbers:
            self._numbers[threads] = len(self._states)
            self._states.append(threads)
            self.steps.append({})
            self.kinds.append(kind)
        return self._numbers[threads]

    def _threads(self, starts: list[int]) -> tuple[Threads, str]:
        """What is tried, in order, up to the first match, which cuts off the rest."""
        threads: list[int] = []
        seen: set[int] = set()
        waiting = list(reversed(starts))
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            if number in self.program.matches:
                threads.append(number)
                return tuple(threads), self.program.matches[number]
            if number in self.program.tries:
                waiting.extend(reversed(self.program.tries[number]))
            else:
                threads.append(number)
        return tuple(threads), ""


class _EngineState(Struct, frozen=True):
    """A state of the rules, the scanner's state inside a terminal, and the debts."""

    state: int
    scan: int
    debts: frozenset[Debt]


class _EngineModel:
    """The engine as a nondeterministic automaton: all states in which it may be after a text."""

    def __init__(self, compiled: Compiled) -> None:
        self._rules = compiled.rules
        self._scanners: list[_Scanner] = []
        self._scanner_of_state: list[int] = []
        numbers: dict[tuple[str, ...], int] = {}
        for row in compiled.rules.dfa.transitions:
            names = [n for n, t in zip(compiled.rules.names, row, strict=True) if t != DEAD]
            if tuple(names) not in numbers:
                numbers[tuple(names)] = len(self._scanners)
                self._scanners.append(_Scanner.of(names, compiled))
            self._scanner_of_state.append(numbers[tuple(names)])
        self._number = {name: number for number, name in enumerate(compiled.rules.names)}

    def start(self) -> frozenset[_EngineState]:
        return frozenset([_EngineState(0, 0, frozenset())])

    def after(self, places: frozenset[_EngineState], symbol: int) -> frozenset[_EngineState]:
        found: set[_EngineState] = set()
        for place in places:
            debts = self._pay(place.debts, symbol)
            if debts is None:
                continue
            number = self._scanner_of_state[place.state]
            scan = self._scanners[number].step(place.scan, symbol)
            if scan == DEAD:
                continue
            found.add(_EngineState(place.state, scan, debts))
            kind = self._scanners[number].kinds[scan]
            if kind:
                target = self._rules.dfa.transitions[place.state][self._number[kind]]
                found.add(_EngineState(target, 0, debts | {(number, scan)}))
        return frozenset(found)

    def accepts(self, places: frozenset[_EngineState]) -> bool:
        return any(p.scan == 0 and self._rules.dfa.accepting[p.state] for p in places)

    def _pay(self, debts: frozenset[Debt], symbol: int) -> frozenset[Debt] | None:
        """The debts after one more character; None if a scanner would have matched again."""
        left: set[Debt] = set()
        for number, scan in debts:
            after = self._scanners[number].step(scan, symbol)
            if after == DEAD:
                continue
            if self._scanners[number].kinds[after]:
                return None
            left.add((number, after))
        return frozenset(left)


def counter_example(compiled: Compiled) -> str | None:
    """The shortest text that the automaton accepts and the engine refuses; None proves them equal."""
    engine = _EngineModel(compiled)
    start = (0, engine.start())
    texts = {start: ""}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        state, places = here
        if compiled.dfa.accepting[state] and not engine.accepts(places):
            return texts[here]
        for symbol, target in enumerate(compiled.dfa.transitions[state]):
            if target == DEAD:
                continue
            there = (target, engine.after(places, symbol))
            if there not in texts:
                texts[there] = texts[here] + compiled.alphabet.characters(symbol)[0]
                waiting.append(there)
    return None
