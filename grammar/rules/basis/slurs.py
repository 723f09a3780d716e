"""The slurs of a tune that have only one end.

Slurs nest, and run over bars and lines, in each voice by itself (4.11). A slur that is open where the first
ending of a repeat begins runs into each ending, as a tie may.
"""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct, field

from tuneloom.grammar.parsing import tokens
from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.rules.basis.repeats import ending_numbers
from tuneloom.grammar.rules.basis.rule import RuleContext

__all__ = ["stray_slur_ends", "unclosed_slurs"]

_CLOSING = frozenset({"NOTE", "REST", "CHORD_CLOSE", "GRACE_CLOSE", "SLUR_CLOSE"})


def unclosed_slurs(context: RuleContext) -> list[int]:
    """The offsets of the slurs that nothing closes."""
    return context.shared(_match_slurs)[0]


def stray_slur_ends(context: RuleContext) -> list[int]:
    """The offsets of the brackets that close nothing."""
    return context.shared(_match_slurs)[1]


class _VoiceSlurs(Struct):
    """The slurs of a voice that are open; offsets of their brackets.

    `before_endings` counts those that were open where the first ending of a repeat began, or is None
    outside endings. `closed_before` counts those of them that an earlier ending closed and that this one
    may close again.
    """

    opened: list[int] = field(default_factory=list)
    stray: list[int] = field(default_factory=list)
    before_endings: int | None = None
    closed_before: int = 0

    def close(self, offset: int) -> None:
        if self.opened:
            self.opened.pop()
        elif self.closed_before:
            self.closed_before -= 1
        else:
            self.stray.append(offset)

    def bar_line(self, token: str) -> None:
        line = tokens.bar_line(token)
        if line.volta:
            if self.before_endings is None or 1 in ending_numbers(line):
                self.before_endings = len(self.opened)
            self.closed_before = max(0, self.before_endings - len(self.opened))
        elif line.visible != "|":
            self.closed_before = 0
            if not line.ends_repeat or line.starts_repeat:
                self.before_endings = None


def _match_slurs(context: RuleContext) -> tuple[list[int], list[int]]:
    """The offsets of the slurs that are never closed, and of the ends that close nothing."""
    voices: dict[str, _VoiceSlurs] = defaultdict(_VoiceSlurs)
    voice = ""
    for token in context.tokens:
        kind = token.type
        if kind == "SLUR_OPEN":
            voices[voice].opened.append(token.start)
        elif kind == "BAR_LINE":
            voices[voice].bar_line(str(token))
        elif kind in _CLOSING and ")" in token:
            for offset in _closing_brackets(token):
                voices[voice].close(offset)
        elif "V:" in token[:3]:
            voice = (token.strip("[]\n")[2:].split() or [""])[0]
    unclosed = sorted(offset for each in voices.values() for offset in each.opened)
    return unclosed, sorted(offset for each in voices.values() for offset in each.stray)


def _closing_brackets(token: Token) -> list[int]:
    start = token.start
    return [start + index for index, char in enumerate(token) if char == ")"]
