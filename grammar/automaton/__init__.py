"""The language of `abc.lark` as a finite automaton over characters."""

from tuneloom.grammar.automaton.automaton import Automaton, FirstError
from tuneloom.grammar.automaton.load import load_automaton

__all__ = ["Automaton", "FirstError", "load_automaton"]
