"""Turns the rules of a Lark grammar into an automaton that reads terminals.

The trees are read before Lark replaces `*` and `+` by helper rules.
"""

from __future__ import annotations

from typing import Any

from lark.load_grammar import load_grammar

from tuneloom.grammar.automaton.grammar_file import require_lark_version
from tuneloom.grammar.automaton.nfa import Dfa, Nfa, determinise, minimise

__all__ = ["RecursiveRule", "Rules", "read_rules"]


class RecursiveRule(ValueError):
    """A rule reaches itself, and no finite automaton has its language."""


class Rules:
    """The terminals in the order of the file, their patterns, and `dfa` over terminal numbers."""

    def __init__(self, terminals: dict[str, str], dfa: Dfa) -> None:
        self.terminals = terminals
        self.names = tuple(terminals)
        self.dfa = dfa


def read_rules(grammar: str) -> Rules:
    """Read a grammar whose start rule is `start`.

    Raises:
        RecursiveRule: names the rules that reach themselves.
        ImportError: another version of Lark is installed than the one pinned.
    """
    require_lark_version()
    load: Any = load_grammar
    loaded, _ = load(grammar, "abc.lark", [], False)
    definitions = {str(name): tree for name, _, tree, _ in loaded.rule_defs}
    compiled, _, _ = loaded.compile(["start"], "*")
    used = {t.name: t.pattern.to_regexp() for t in compiled if not t.name.startswith("_")}
    builder = _Builder(definitions, {name: number for number, name in enumerate(used)})
    start, accept = builder.nfa.state(), builder.nfa.state()
    builder.rule("start", start, accept, ())
    return Rules(used, minimise(determinise(builder.nfa, start, accept, len(used))))


class _Builder:
    def __init__(self, definitions: dict[str, Any], numbers: dict[str, int]) -> None:
        self.nfa = Nfa()
        self._definitions = definitions
        self._numbers = numbers

    def rule(self, name: str, start: int, end: int, above: tuple[str, ...]) -> None:
        if name in above:
            raise RecursiveRule(" -> ".join([*above[above.index(name) :], name]))
        self._tree(self._definitions[name], start, end, (*above, name))

    def _tree(self, tree: Any, start: int, end: int, above: tuple[str, ...]) -> None:
        match tree.data:
            case "expansions":
                for child in tree.children:
                    self._tree(child, start, end, above)
            case "expansion":
                self._sequence(tree.children, start, end, above)
            case "expr":
                self._repeat(tree.children[0], str(tree.children[1]), start, end, above)
            case "value":
                self._value(tree.children[0], start, end, above)
            case other:
                raise ValueError(f"a rule of the grammar uses `{other}`, which is not supported")

    def _sequence(self, items: list[Any], start: int, end: int, above: tuple[str, ...]) -> None:
        for item in items:
            middle = self.nfa.state()
            self._tree(item, start, middle, above)
            start = middle
        self.nfa.free[start].append(end)

    def _repeat(self, item: Any, sign: str, start: int, end: int, above: tuple[str, ...]) -> None:
        first, last = self.nfa.state(), self.nfa.state()
        self._tree(item, first, last, above)
        self.nfa.free[start].append(first)
        self.nfa.free[last].append(end)
        if sign in "*+":
            self.nfa.free[last].append(first)
        if sign in "*?":
            self.nfa.free[start].append(end)

    def _value(self, value: Any, start: int, end: int, above: tuple[str, ...]) -> None:
        if not hasattr(value, "is_term"):
            raise ValueError(f"write {value} as a terminal with a name")
        if value.is_term:
            self.nfa.arcs[start].append((1 << self._numbers[value.name], end))
        else:
            self.rule(value.name, start, end, above)
