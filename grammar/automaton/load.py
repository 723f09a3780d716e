"""The automaton of `abc.lark`: compiled once, which takes seconds, and then read from the disk cache."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from itertools import chain

import msgspec

from tuneloom.grammar.automaton.automaton import Automaton
from tuneloom.grammar.automaton.disk_cache import read_cache, write_cache
from tuneloom.grammar.automaton.grammar_file import grammar_text

__all__ = ["automaton_from_json", "load_automaton"]

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
        with suppress(ValueError):  # damaged: compile it again
            return automaton_from_json(cached)
    automaton = _compile()
    write_cache(_NAME, _SOURCES, msgspec.json.encode(automaton))
    return automaton


def _compile() -> Automaton:
    from tuneloom.grammar.automaton.build import compile_grammar
    from tuneloom.grammar.automaton.nfa import distances

    compiled = compile_grammar(grammar_text())
    dfa = compiled.dfa
    return Automaton(compiled.alphabet, dfa.transitions, dfa.accepting, distances(dfa))


def automaton_from_json(data: bytes) -> Automaton:
    """Read the JSON of an automaton, as msgspec writes it.

    Raises:
        ValueError: it is not JSON, or the table is not that of an automaton.
    """
    automaton = msgspec.json.decode(data, type=Automaton)
    alphabet, transitions = automaton.alphabet, automaton.transitions
    states, size = set(range(-1, len(transitions))), alphabet.size
    if not (
        len(transitions) == len(automaton.accepting) == len(automaton.distance) > 0
        and len(alphabet.cuts) == len(alphabet.classes)
        and all(len(row) == size for row in transitions)
        and states.issuperset(chain.from_iterable(transitions))
    ):
        raise ValueError("the table of the automaton is damaged")
    return automaton
