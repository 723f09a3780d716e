"""The automaton of `abc.lark`: compiled once, which takes seconds, and then read from the disk cache."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache

from tuneloom.grammar.automaton.automaton import Automaton
from tuneloom.grammar.automaton.disk_cache import read_cache, write_cache
from tuneloom.grammar.automaton.grammar_file import grammar_text
from tuneloom.grammar.automaton.patterns import Alphabet

__all__ = ["automaton_from_json", "automaton_to_json", "load_automaton"]

_NAME = "automaton.json"
_SOURCES = tuple(
    f"automaton/{name}.py"
    for name in ("automaton", "nfa", "patterns", "rule_trees", "build", "load")
)


@cache
def load_automaton() -> Automaton:
    """The automaton of `abc.lark`, from the cache if it is there."""
    cached = read_cache(_NAME, _SOURCES)
    if cached is not None:
        with suppress(ValueError, TypeError):  # damaged: compile it again
            return automaton_from_json(cached)
    automaton = _compile()
    write_cache(_NAME, _SOURCES, automaton_to_json(automaton))
    return automaton


def _compile() -> Automaton:
    from tuneloom.grammar.automaton.build import compile_grammar
    from tuneloom.grammar.automaton.nfa import distances

    compiled = compile_grammar(grammar_text())
    dfa = compiled.dfa
    return Automaton(compiled.alphabet, dfa.transitions, dfa.accepting, distances(dfa))


def automaton_to_json(automaton: Automaton) -> bytes:
    alphabet = automaton.alphabet
    lists = [
        alphabet.cuts,
        alphabet.classes,
        automaton.transitions,
        automaton.accepting,
        automaton.distance,
    ]
    return json.dumps(lists, separators=(",", ":")).encode()


def automaton_from_json(data: bytes) -> Automaton:
    """Read what `automaton_to_json` wrote.

    Raises:
        ValueError: it is not JSON, or the table is not that of an automaton.
        TypeError: something in the table is not a number or a list.
    """
    cuts, classes, transitions, accepting, distance = json.loads(data)
    alphabet = Alphabet(tuple(cuts), tuple(classes))
    states = range(-1, len(transitions))
    if not (
        len(transitions) == len(accepting) == len(distance) > 0
        and len(cuts) == len(classes)
        and all(len(row) == alphabet.size for row in transitions)
        and all(min(row) in states and max(row) in states for row in transitions)
    ):
        raise ValueError("the table of the automaton is damaged")
    return Automaton(alphabet, tuple(map(tuple, transitions)), tuple(accepting), tuple(distance))
