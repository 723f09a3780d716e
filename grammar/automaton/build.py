"""Compiles `abc.lark` into one minimal automaton over characters."""

from __future__ import annotations

from msgspec import Struct

from tuneloom.grammar.automaton.nfa import DEAD, Dfa, Nfa, determinise, minimise
from tuneloom.grammar.automaton.patterns import Alphabet, Program, alphabet_of, compile_pattern
from tuneloom.grammar.automaton.rule_trees import Rules, read_rules

__all__ = ["Compiled", "compile_grammar"]


class Compiled(Struct, frozen=True):
    """The automaton of a whole grammar, with what it was made from."""

    rules: Rules
    alphabet: Alphabet
    dfa: Dfa


def compile_grammar(grammar: str) -> Compiled:
    """Put each terminal's automaton where the rules have the terminal, and minimise the whole.

    Raises:
        RecursiveRule: a rule reaches itself.
        ValueError: a terminal uses something that a finite automaton cannot match.
    """
    rules = read_rules(grammar)
    programs = [Program() for _ in rules.names]
    entries = [
        compile_pattern(rules.terminals[name], name, program)
        for name, program in zip(rules.names, programs, strict=True)
    ]
    alphabet = alphabet_of(programs)
    terminals = [
        _terminal_dfa(program, entry, alphabet)
        for program, entry in zip(programs, entries, strict=True)
    ]
    nfa, accept = _substitute_terminals(rules.dfa, terminals)
    return Compiled(rules, alphabet, minimise(determinise(nfa, 0, accept, alphabet.size)))


def _terminal_dfa(program: Program, entry: int, alphabet: Alphabet) -> Dfa:
    nfa = Nfa()
    for _ in range(program.size):
        nfa.state()
    for number, (ranges, then) in program.reads.items():
        nfa.arcs[number].append((alphabet.members(ranges), then))
    for number, targets in program.tries.items():
        nfa.free[number].extend(targets)
    [accept] = program.matches
    return minimise(determinise(nfa, entry, accept, alphabet.size))


def _substitute_terminals(outer: Dfa, terminals: list[Dfa]) -> tuple[Nfa, int]:
    """Every transition of the outer automaton becomes a copy of its terminal's automaton."""
    nfa = Nfa()
    for _ in range(len(outer.accepting)):
        nfa.state()
    accept = nfa.state()
    for state, accepting in enumerate(outer.accepting):
        if accepting:
            nfa.free[state].append(accept)
        for number, target in enumerate(outer.transitions[state]):
            if target != DEAD:
                nfa.free[state].append(_copy_terminal(nfa, terminals[number], target))
    return nfa, accept


def _copy_terminal(nfa: Nfa, terminal: Dfa, exit_state: int) -> int:
    base = len(nfa.arcs)
    for _ in terminal.accepting:
        nfa.state()
    for state, row in enumerate(terminal.transitions):
        targets: dict[int, int] = {}
        for symbol, target in enumerate(row):
            if target != DEAD:
                targets[target] = targets.get(target, 0) | 1 << symbol
        nfa.arcs[base + state] = [(members, base + target) for target, members in targets.items()]
        if terminal.accepting[state]:
            nfa.free[base + state].append(exit_state)
    return base
