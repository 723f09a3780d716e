"""Texts that nobody wrote: mutants of real ones, and random walks through the automaton."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from tuneloom.grammar.automaton import Automaton
from tuneloom.grammar.automaton.build import distances
from tuneloom.grammar.automaton.nfa import Dfa

__all__ = ["Walker", "mutant"]

ALPHABET = 'ABcdz|:[]{}()<>"!-/23^_= kKL\\\n$&+.ü'


def mutant(text: str, randomly: random.Random) -> str:
    """The text with a character inserted, deleted, swapped with another, or with its end cut off."""
    here, there = sorted(randomly.sample(range(len(text)), 2))
    return randomly.choice(
        [
            text[:here] + randomly.choice(ALPHABET) + text[here:],
            text[:here] + text[here + 1 :],
            text[:here] + text[there] + text[here + 1 : there] + text[here] + text[there + 1 :],
            text[:here],
        ]
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """A transition of the automaton: its number, its characters and where it leads."""

    number: int
    characters: str
    target: int


@dataclass(slots=True)
class Walker:
    """Walks through the automaton at random, and turns to what it has not taken yet wherever that is.

    Among the ways on from a state each *target* is as likely as another: by characters alone, a walk
    would hardly ever leave a text that takes any character.
    """

    automaton: Automaton
    randomly: random.Random
    used: set[int] = field(default_factory=set)
    _ways: list[list[list[_Way]]] = field(init=False)
    _home: list[list[_Way]] = field(init=False)
    _unused: list[list[_Way]] = field(init=False)
    _toward_unused: list[int] = field(init=False)
    _accepting: list[bool] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the ways of each state once: by target, those that lead home, those not used yet."""
        distance = self.automaton.distance.tolist()
        self._accepting = self.automaton.accepting.tolist()
        self._ways, self._home, self._unused = [], [], []
        for state, ways in enumerate(_ways_by_state(self.automaton)):
            by_target: dict[int, list[_Way]] = {}
            for way in ways:
                by_target.setdefault(way.target, []).append(way)
            self._ways.append(list(by_target.values()))
            self._home.append([way for way in ways if distance[way.target] < distance[state]])
            self._unused.append(self.randomly.sample(ways, len(ways)))

    def walk(self, longest: int) -> str:
        """A text of at most `longest` characters that the automaton accepts, more often a short one."""
        choice = self.randomly.choice
        enough = (longest - int(self.automaton.distance.max())) ** self.randomly.random()
        seeking = any(self._unused)
        if seeking:
            self._look_for_unused()
        text: list[str] = []
        state = 0
        while len(text) < enough or not self._accepting[state]:
            if len(text) >= enough:
                way = choice(self._home[state])
            elif self._unused[state]:
                way = self._unused[state].pop()
            else:
                nearer = self._nearer(state) if seeking else None
                way = nearer or choice(choice(self._ways[state]))
            self.used.add(way.number)
            text.append(choice(way.characters))
            state = way.target
        return "".join(text)

    def _look_for_unused(self) -> None:
        """Work out how far each state is from one with a way that has not been taken yet."""
        unused = np.array([bool(ways) for ways in self._unused])
        self._toward_unused = distances(Dfa(self.automaton.transitions, unused)).tolist()

    def _nearer(self, state: int) -> _Way | None:
        """Every second time a way to where something is unused, if there is one."""
        toward = self._toward_unused
        nearer = [ways for ways in self._ways[state] if toward[ways[0].target] < toward[state]]
        if not nearer or self.randomly.random() < 0.5:
            return None
        return self.randomly.choice(self.randomly.choice(nearer))


def _ways_by_state(automaton: Automaton) -> Iterator[list[_Way]]:
    classes = automaton.transitions.shape[1]
    characters = [automaton.alphabet.characters(number) for number in range(classes)]
    for state, row in enumerate(automaton.transitions):
        yield [
            _Way(state * classes + int(number), characters[number], int(row[number]))
            for number in np.flatnonzero(row >= 0)
        ]
