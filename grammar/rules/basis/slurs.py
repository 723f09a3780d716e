"""The slurs of a tune that have only one end."""

from __future__ import annotations

from collections import defaultdict

from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.rules.basis.rule import RuleContext

__all__ = ["stray_slur_ends", "unclosed_slurs"]

_CLOSING = frozenset({"NOTE", "REST", "CHORD_CLOSE", "GRACE_CLOSE", "SLUR_CLOSE"})


def unclosed_slurs(context: RuleContext) -> list[int]:
    """The offsets of the slurs that nothing closes."""
    return _match_slurs(context)[0]


def stray_slur_ends(context: RuleContext) -> list[int]:
    """The offsets of the brackets that close nothing."""
    return _match_slurs(context)[1]


def _match_slurs(context: RuleContext) -> tuple[list[int], list[int]]:
    """Slurs nest, and run over bars and lines, in each voice by itself (4.11)."""
    opened: dict[str, list[int]] = defaultdict(list)
    alone: list[int] = []
    voice = ""
    for token in context.tokens:
        if token.type == "SLUR_OPEN":
            opened[voice].append(token.start)
        elif token.type in _CLOSING and ")" in token:
            for offset in _closing_brackets(token):
                if opened[voice]:
                    opened[voice].pop()
                else:
                    alone.append(offset)
        elif "V:" in token[:3]:
            voice = (token.strip("[]\n")[2:].split() or [""])[0]
    return sorted(offset for stack in opened.values() for offset in stack), alone


def _closing_brackets(token: Token) -> list[int]:
    start = token.start
    return [start + index for index, char in enumerate(token) if char == ")"]
