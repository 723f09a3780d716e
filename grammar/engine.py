"""Lark's LALR tables, driven at the speed that a language without recursion allows.

No rule of `abc.lark` is recursive, so the parser's stack takes only a few hundred shapes. Each shape is
one *configuration* here, and what a terminal does to it (all reductions, then the shift) is worked out
once and remembered. A parse is then a walk: match a terminal, look up the step, go on. The tables, and
so the language and the tree, are Lark's own; a test holds this walk against Lark's parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Shift

__all__ = ["Engine"]

Matcher = Callable[[str, int], re.Match[str] | None]
Stack = tuple[Any, ...]
_END = "$END"


@dataclass(slots=True)
class _Step:
    """What a terminal does: named rules that end before it, then how many symbols stay below it."""

    target: _Configuration
    closings: tuple[tuple[int, str], ...]
    kept: int


@dataclass(slots=True)
class _Configuration:
    """A stack of parser states; `match` tries what can come next, longer terminals first."""

    stack: Stack
    match: Matcher
    steps: dict[str, _Step] = field(default_factory=dict)


class _NoLexer(Lexer):
    """Stands where Lark wants a lexer; its own ones compare all terminals at every start."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, _data: object) -> Iterator[Token]:
        raise AssertionError("the engine matches terminals itself")


class Engine:
    """Parses texts with Lark's LALR tables for a grammar that has no recursive rule."""

    def __init__(self, grammar: str) -> None:
        lark = Lark(grammar, parser="lalr", lexer=_NoLexer, maybe_placeholders=False)
        # Lark is pinned to one version exactly: its table is not part of its public interface.
        parsing: Any = lark.parser
        table = parsing.parser.parser.parse_table
        self._states = table.states
        self._end_state = table.end_states["start"]
        self._patterns = {t.name: t.pattern.to_regexp() for t in lark.terminals}
        self._matchers: dict[tuple[str, ...], Matcher] = {}
        self._configurations: dict[Stack, _Configuration] = {}
        self._start = self._configuration((table.start_states["start"],))

    def parse(self, text: str) -> Tree[Token]:
        """The tree of a whole text; a token's `start_pos` counts characters from the start.

        Raises:
            lark.UnexpectedCharacters: `pos_in_stream` says where nothing that could follow matches.
        """
        configuration = self._start
        children: list[Token | Tree[Token]] = []
        starts: list[int] = []  # where the children of each symbol on the stack begin
        position, end = 0, len(text)
        new_token = Token._future_new
        while position < end:
            match = configuration.match(text, position)
            if match is None:
                raise UnexpectedCharacters(text, position, 0, 0)
            kind = match.lastgroup
            step = configuration.steps.get(kind)  # type: ignore[arg-type]
            if step is None:
                step = self._step(configuration, kind)
            if step.closings:
                _close(step.closings, children, starts)
            del starts[step.kept :]
            starts.append(len(children))
            children.append(new_token(kind, match.group(), position))
            configuration = step.target
            position = match.end()
        if _END not in self._states[configuration.stack[-1]]:
            raise UnexpectedCharacters(text, end, 0, 0)
        _close(self._step(configuration, _END).closings, children, starts)
        [tree] = children
        assert isinstance(tree, Tree)
        return tree

    def _configuration(self, stack: Stack) -> _Configuration:
        known = self._configurations.get(stack)
        if known is None:
            known = self._configurations[stack] = _Configuration(stack, self._matcher(stack[-1]))
        return known

    def _matcher(self, state: Any) -> Matcher:
        accepted = self._states[state]
        names = tuple(name for name in self._patterns if name in accepted)
        if names not in self._matchers:
            groups = "|".join(f"(?P<{name}>{self._patterns[name]})" for name in names)
            # Where only the end of the text can come, nothing matches.
            self._matchers[names] = re.compile(groups or "(?!)").match
        return self._matchers[names]

    def _step(self, configuration: _Configuration, terminal: Any) -> _Step:
        """Run the reductions that the terminal calls for, noting which named rules they end.

        A rule whose name begins with `_` has no tree of its own: its children are its parent's.
        """
        if terminal in configuration.steps:
            return configuration.steps[terminal]
        stack = list(configuration.stack)
        closings: list[tuple[int, str]] = []
        kept = len(stack) - 1
        while stack[-1] != self._end_state:
            action, argument = self._states[stack[-1]][terminal]
            if action is Shift:
                stack.append(argument)
                break
            size, name = len(argument.expansion), argument.origin.name
            assert size, f"the rule {name} can be empty"
            del stack[len(stack) - size :]
            first = len(stack) - 1
            if not name.startswith("_"):
                closings.append((first, name))
            kept = min(kept, first + 1)
            stack.append(self._states[stack[-1]][name][1])
        step = _Step(self._configuration(tuple(stack)), tuple(closings), kept)
        configuration.steps[terminal] = step
        return step


def _close(
    closings: tuple[tuple[int, str], ...],
    children: list[Token | Tree[Token]],
    starts: list[int],
) -> None:
    """Make the trees of the rules that end here out of the children that they began with."""
    for first, name in closings:
        start = starts[first]
        children[start:] = [Tree(name, children[start:])]
        del starts[first + 1 :]
