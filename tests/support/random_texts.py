"""Random texts: mutants of real ones, and random walks through the automaton."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tuneloom.grammar.automaton.automaton import Automaton
from tuneloom.grammar.automaton.nfa import DEAD, Dfa, distances

__all__ = ["Walker", "mutant", "with_stray_sign"]

STRAY_SIGNS = (
    "|", "|:", ":|", "::", "||", "|1", ":|2", "[1", "-", "(", ")", "(3", "^", "_", "=", "A", "c'", "z",
    "2", "/", "3/2", "5", ">", "<", " ", "\n", "{a}", "[CE]", '"G"', "y", "Z", "!trill!", "~", "P:A\n",
    "K:Bb\n", "K:F#\n", "M:3/4\n", "L:1/3\n", "w:la\n", "V:2\n", "(B|c)", "B-|B", "(3abc", "d>e",
)  # fmt: skip
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


def with_stray_sign(tune: str, randomly: random.Random) -> str:
    """The tune with a sign or a field somewhere after the beginning of its first K:, if it has one."""
    place = randomly.randint(min(tune.find("\nK:") + 1, len(tune)), len(tune))
    return tune[:place] + randomly.choice(STRAY_SIGNS) + tune[place:]


@dataclass(frozen=True, slots=True)
class _Transition:
    """A transition of the automaton: its number, its characters and where it leads."""

    number: int
    characters: str
    target: int


@dataclass(slots=True)
class Walker:
    """Walks through the automaton at random, and seeks out transitions that it has not taken yet.

    Each *target* of a state is as likely as the others. Were each character as likely, a walk would
    hardly ever leave a text in which any character may come next.
    """

    automaton: Automaton
    randomly: random.Random
    used: set[int] = field(default_factory=set)
    _by_target: list[list[list[_Transition]]] = field(init=False)
    _toward_end: list[list[_Transition]] = field(init=False)
    _unused: list[list[_Transition]] = field(init=False)
    _toward_unused: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Sort the transitions of each state: by target, those nearer to an end, those not used yet."""
        distance = self.automaton.distance
        self._by_target, self._toward_end, self._unused = [], [], []
        for state, transitions in enumerate(_transitions_by_state(self.automaton)):
            by_target: dict[int, list[_Transition]] = {}
            for transition in transitions:
                by_target.setdefault(transition.target, []).append(transition)
            self._by_target.append(list(by_target.values()))
            nearer = [each for each in transitions if distance[each.target] < distance[state]]
            self._toward_end.append(nearer)
            self._unused.append(self.randomly.sample(transitions, len(transitions)))

    def walk(self, max_length: int) -> str:
        """A text of at most `max_length` characters that the automaton accepts, short ones more often."""
        choice = self.randomly.choice
        enough = (max_length - max(self.automaton.distance)) ** self.randomly.random()
        seeking = any(self._unused)
        if seeking:
            self._look_for_unused()
        text: list[str] = []
        state = 0
        while len(text) < enough or not self.automaton.accepting[state]:
            if len(text) >= enough:
                transition = choice(self._toward_end[state])
            elif self._unused[state]:
                transition = self._unused[state].pop()
            else:
                nearer = self._nearer(state) if seeking else None
                transition = nearer or choice(choice(self._by_target[state]))
            self.used.add(transition.number)
            text.append(choice(transition.characters))
            state = transition.target
        return "".join(text)

    def _look_for_unused(self) -> None:
        """Compute how far each state is from one with a transition that has not been taken yet."""
        unused = tuple(bool(transitions) for transitions in self._unused)
        self._toward_unused = distances(Dfa(self.automaton.transitions, unused))

    def _nearer(self, state: int) -> _Transition | None:
        """Half of the time, a transition toward one that is unused, if there is any."""
        toward = self._toward_unused
        nearer = [each for each in self._by_target[state] if toward[each[0].target] < toward[state]]
        if not nearer or self.randomly.random() < 0.5:
            return None
        return self.randomly.choice(self.randomly.choice(nearer))


def _transitions_by_state(automaton: Automaton) -> Iterator[list[_Transition]]:
    classes = automaton.alphabet.size
    characters = [automaton.alphabet.characters(number) for number in range(classes)]
    for state, row in enumerate(automaton.transitions):
        yield [
            _Transition(state * classes + number, characters[number], target)
            for number, target in enumerate(row)
            if target != DEAD
        ]
