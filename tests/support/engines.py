"""The verdicts of both engines on a text."""

from __future__ import annotations

from tuneloom.grammar.automaton.load import load_automaton
from tuneloom.grammar.parsing.engine import UnexpectedInput
from tuneloom.grammar.parsing.parser import parse_resolved

__all__ = ["engine_accepts", "engines_differ"]


def engines_differ(text: str) -> bool:
    """Whether only one of the automaton and the parsing engine accepts a resolved text."""
    return load_automaton().accepts(text) != engine_accepts(text)


def engine_accepts(text: str) -> bool:
    """Whether the parsing engine accepts a resolved text."""
    try:
        parse_resolved(text)
    except UnexpectedInput:
        return False
    return True
