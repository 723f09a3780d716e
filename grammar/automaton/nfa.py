"""Finite automata over numbered symbols: from nondeterministic to minimal deterministic.

A set of symbols is an integer with one bit for each. Symbols may be terminals or classes of characters.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from msgspec import Struct, field

__all__ = ["DEAD", "UNREACHABLE", "Dfa", "Nfa", "determinise", "distances", "minimise"]

DEAD = -1
UNREACHABLE = 2**30
"""Farther than any state is from an accepting one."""


class Nfa(Struct):
    """States are numbers; `arcs[s]` holds (symbols, target), `free[s]` what is reached without reading."""

    arcs: list[list[tuple[int, int]]] = field(default_factory=list)
    free: list[list[int]] = field(default_factory=list)

    def state(self) -> int:
        self.arcs.append([])
        self.free.append([])
        return len(self.arcs) - 1

    def closure(self, states: Iterable[int]) -> frozenset[int]:
        """All that is reached from these states without reading a symbol."""
        reached = set(states)
        waiting = list(reached)
        while waiting:
            for target in self.free[waiting.pop()]:
                if target not in reached:
                    reached.add(target)
                    waiting.append(target)
        return frozenset(reached)


class Dfa(Struct, frozen=True):
    """`transitions[state][symbol]` is a state, or DEAD where nothing follows; state 0 is the start."""

    transitions: tuple[tuple[int, ...], ...]
    accepting: tuple[bool, ...]


def determinise(nfa: Nfa, start: int, accept: int, symbols: int) -> Dfa:
    """The subset construction."""
    first = nfa.closure([start])
    numbers = {first: 0}
    rows: list[tuple[int, ...]] = []
    subsets = [first]
    for subset in subsets:
        row = [DEAD] * symbols
        for members, targets in _moves(nfa, subset).items():
            reached = nfa.closure(targets)
            if reached not in numbers:
                numbers[reached] = len(subsets)
                subsets.append(reached)
            for symbol in _symbols_of(members):
                row[symbol] = numbers[reached]
        rows.append(tuple(row))
    return Dfa(tuple(rows), tuple(accept in subset for subset in subsets))


def _moves(nfa: Nfa, subset: frozenset[int]) -> dict[int, frozenset[int]]:
    """Disjoint sets of symbols -> the states that they lead to."""
    cells: dict[int, frozenset[int]] = {}
    for state in subset:
        for members, target in nfa.arcs[state]:
            rest = members
            for cell, targets in list(cells.items()):
                common = cell & rest
                if not common:
                    continue
                rest &= ~common
                if target in targets:
                    continue
                del cells[cell]
                cells[common] = targets | {target}
                if cell & ~common:
                    cells[cell & ~common] = targets
            if rest:
                cells[rest] = frozenset([target])
    return cells


def _symbols_of(members: int) -> Iterable[int]:
    while members:
        lowest = members & -members
        yield lowest.bit_length() - 1
        members ^= lowest


def minimise(dfa: Dfa) -> Dfa:
    """Moore's partition refinement, after states that can never accept have become DEAD."""
    rows = _without_hopeless(dfa)
    # The last block is that of DEAD, which is -1 and so finds it.
    blocks = [int(accepts) for accepts in dfa.accepting] + [DEAD]
    count = 0
    while True:
        numbers: dict[tuple[int, ...], int] = {}
        refined = [
            numbers.setdefault((blocks[state], *map(blocks.__getitem__, row)), len(numbers))
            for state, row in enumerate(rows)
        ]
        blocks = [*refined, DEAD]
        if len(numbers) == count:
            return _of_blocks(rows, refined, dfa.accepting)
        count = len(numbers)


def _without_hopeless(dfa: Dfa) -> list[tuple[int, ...]]:
    """The transitions, with DEAD for every state from which no accepting one is reached."""
    hopeful = [far < UNREACHABLE for far in distances(dfa)] + [False]
    return [tuple(target if hopeful[target] else DEAD for target in row) for row in dfa.transitions]


def _of_blocks(rows: list[tuple[int, ...]], blocks: list[int], accepting: tuple[bool, ...]) -> Dfa:
    """Number the blocks in the order in which a walk from the start meets them: always the same."""
    representatives = {block: state for state, block in reversed(list(enumerate(blocks)))}
    numbers = {blocks[0]: 0}
    order = [blocks[0]]
    transitions: list[tuple[int, ...]] = []
    for block in order:
        row: list[int] = []
        for target in rows[representatives[block]]:
            if target != DEAD and blocks[target] not in numbers:
                numbers[blocks[target]] = len(order)
                order.append(blocks[target])
            row.append(DEAD if target == DEAD else numbers[blocks[target]])
        transitions.append(tuple(row))
    return Dfa(tuple(transitions), tuple(accepting[representatives[block]] for block in order))


def distances(dfa: Dfa) -> tuple[int, ...]:
    """How many symbols each state is from the nearest accepting one, or UNREACHABLE."""
    sources: list[set[int]] = [set() for _ in dfa.transitions]
    for state, row in enumerate(dfa.transitions):
        for target in set(row) - {DEAD}:
            sources[target].add(state)
    found = [0 if accepts else UNREACHABLE for accepts in dfa.accepting]
    waiting = deque(state for state, accepts in enumerate(dfa.accepting) if accepts)
    while waiting:
        target = waiting.popleft()
        for state in sources[target]:
            if found[state] == UNREACHABLE:
                found[state] = found[target] + 1
                waiting.append(state)
    return tuple(found)
