"""The automaton of `abc.lark`: compiled once, which takes seconds, and then kept on disk."""

from __future__ import annotations

import io
from contextlib import suppress
from functools import cache
from zipfile import BadZipFile

import numpy as np

from tuneloom.grammar.automaton.automaton import Automaton
from tuneloom.grammar.automaton.disk_cache import grammar_text, read_cache, write_cache
from tuneloom.grammar.automaton.patterns import Alphabet

__all__ = ["load_automaton"]

_NAME = "automaton.npz"
_SOURCES = tuple(
    f"automaton/{name}.py" for name in ("nfa", "patterns", "rule_trees", "build", "load")
)


@cache
def load_automaton() -> Automaton:
    """The automaton of `abc.lark`, from the cache if it is there."""
    kept = read_cache(_NAME, _SOURCES)
    if kept is not None:
        with suppress(OSError, ValueError, KeyError, BadZipFile):  # damaged: compile it again
            return _from_bytes(kept)
    automaton = _compile()
    write_cache(_NAME, _SOURCES, _to_bytes(automaton))
    return automaton


def _compile() -> Automaton:
    from tuneloom.grammar.automaton.build import compile_grammar, distances

    compiled = compile_grammar(grammar_text())
    dfa = compiled.dfa
    return Automaton(compiled.alphabet, dfa.transitions, dfa.accepting, distances(dfa))


def _from_bytes(data: bytes) -> Automaton:
    with np.load(io.BytesIO(data)) as table:
        alphabet = Alphabet(tuple(table["cuts"].tolist()), tuple(table["classes"].tolist()))
        return Automaton(alphabet, table["transitions"], table["accepting"], table["distance"])


def _to_bytes(automaton: Automaton) -> bytes:
    file = io.BytesIO()
    np.savez(
        file,
        cuts=np.array(automaton.alphabet.cuts),
        classes=np.array(automaton.alphabet.classes),
        transitions=automaton.transitions,
        accepting=automaton.accepting,
        distance=automaton.distance,
    )
    return file.getvalue()
