"""The language of `abc.lark` as a finite automaton over characters."""

from grammar.automaton.automaton import Automaton, FirstError
from grammar.automaton.cache import load_automaton

__all__ = ["Automaton", "FirstError", "load_automaton"]
