"""Finite automata over numbered symbols: from nondeterministic to minimal deterministic.

A set of symbols is an integer with one bit for each, so that the same code serves terminals and
characters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["DEAD", "Dfa", "Nfa", "determinise", "minimise"]

DEAD = -1


@dataclass(slots=True)
class Nfa:
    """States are numbers; `arcs[s]` holds (symbols, target), `free[s]` what is reached for nothing."""

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


@dataclass(frozen=True, slots=True)
class Dfa:
    """`transitions`: (states, symbols) int32, DEAD where nothing follows; `accepting`: (states,) bool.

    State 0 is the start.
    """

    transitions: NDArray[np.int32]
    accepting: NDArray[np.bool_]


def determinise(nfa: Nfa, start: int, accept: int, symbols: int) -> Dfa:
    """The subset construction."""
    first = nfa.closure([start])
    numbers = {first: 0}
    rows: list[list[int]] = []
    subsets = [first]
    for subset in subsets:
        row = [DEAD] * symbols
        for members, targets in _moves(nfa, subset).items():
            reached = nfa.closure(targets)
            if reached not in numbers:
                numbers[reached] = len(subsets)
                subsets.append(reached)
            for symbol in _bits(members):
                row[symbol] = numbers[reached]
        rows.append(row)
    return Dfa(np.array(rows, np.int32), np.array([accept in subset for subset in subsets]))


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


def _bits(members: int) -> Iterable[int]:
    while members:
        lowest = members & -members
        yield lowest.bit_length() - 1
        members ^= lowest


def minimise(dfa: Dfa) -> Dfa:
    """Moore's partition refinement, after states that can never accept have become DEAD."""
    transitions = _without_hopeless(dfa)
    # One more row for DEAD itself, so that it has a block like every state.
    table = np.vstack([transitions, np.full(transitions.shape[1], DEAD, np.int32)])
    blocks = np.append(dfa.accepting, False).astype(np.int64)
    blocks[-1] = -1
    count = 0
    while True:
        signature = np.column_stack([blocks, blocks[table]])
        _, blocks = np.unique(signature, axis=0, return_inverse=True)
        blocks = blocks.ravel()
        if blocks.max() + 1 == count:
            break
        count = int(blocks.max()) + 1
    return _of_blocks(table, blocks, dfa.accepting)


def _without_hopeless(dfa: Dfa) -> NDArray[np.int32]:
    hopeful = dfa.accepting.copy()
    while True:
        reaches = np.append(hopeful, False)[dfa.transitions].any(axis=1) | hopeful
        if (reaches == hopeful).all():
            break
        hopeful = reaches
    alive = np.append(hopeful, False)[dfa.transitions]
    return np.where(alive, dfa.transitions, DEAD).astype(np.int32)


def _of_blocks(
    table: NDArray[np.int32], blocks: NDArray[np.int64], accepting: NDArray[np.bool_]
) -> Dfa:
    """Number the blocks in the order in which a walk from the start meets them: always the same."""
    dead = int(blocks[-1])
    representative = {int(block): state for state, block in reversed(list(enumerate(blocks)))}
    order = [int(blocks[0])]
    numbers = {order[0]: 0}
    rows: list[list[int]] = []
    for block in order:
        row: list[int] = []
        for target in table[representative[block]]:
            block_of_target = int(blocks[target])
            if block_of_target == dead:
                row.append(DEAD)
                continue
            if block_of_target not in numbers:
                numbers[block_of_target] = len(order)
                order.append(block_of_target)
            row.append(numbers[block_of_target])
        rows.append(row)
    accepts = [bool(accepting[representative[block]]) for block in order]
    return Dfa(np.array(rows, np.int32), np.array(accepts))
