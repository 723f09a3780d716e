"""Parses with Lark's LALR tables, at the speed that a language without recursion allows.

No rule of `abc.lark` is recursive, so the parser's stack takes only a few hundred shapes. Each shape is
one *configuration* here, and what a terminal does to it (all reductions, then the shift) is computed once
and remembered. A parse is then a walk: match a terminal, look up the step, go on. The language and the
trees are those of Lark's parser, which a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct, field

from tuneloom.grammar.parsing.nodes import Node, Token, Tree
from tuneloom.grammar.parsing.tables import OTHER, Tables

__all__ = ["Engine", "UnexpectedInput"]

Matcher = Callable[[str, int], re.Match[str] | None]
Stack = tuple[int, ...]
_END = "$END"


class UnexpectedInput(Exception):
    """The text stops being ABC at `offset`."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"the text stops being ABC at offset {offset}")
        self.offset = offset


class _Moves(Struct, frozen=True):
    """What a terminal does to a stack: the rules that it ends, how many symbols stay, and the result."""

    stack: Stack
    closings: tuple[tuple[int, str], ...]
    kept: int


class _Step(Struct):
    """The same, with the configuration that results."""

    target: _Configuration
    closings: tuple[tuple[int, str], ...]
    kept: int


class _Configuration(Struct):
    """A stack of parser states; `matchers[char]` tries the terminals that can follow and begin with it."""

    stack: Stack
    matchers: dict[str, Matcher] = field(default_factory=dict)
    steps: dict[str, _Step] = field(default_factory=dict)


class Engine:
    """Parses texts with Lark's LALR tables for a grammar that has no recursive rule."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._matchers: dict[tuple[str, ...], Matcher] = {}
        self._configurations: dict[Stack, _Configuration] = {}
        self._start = self._configuration((tables.start,))

    def parse(self, text: str) -> Tree:
        """The tree of a whole text; a token's `start` counts characters from the start.

        Raises:
            UnexpectedInput: at the offset where nothing that could follow matches.
        """
        configuration = self._start
        children: list[Node] = []
        starts: list[int] = []  # where the children of each symbol on the stack begin
        position, end = 0, len(text)
        new_text = str.__new__  # what `Token` does, without the cost of its call
        while position < end:
            char = text[position]
            matcher = configuration.matchers.get(char) or self._matcher(configuration, char)
            match = matcher(text, position)
            if match is None:
                raise UnexpectedInput(position)
            kind = match.lastgroup
            assert kind is not None
            step = configuration.steps.get(kind) or self._step(configuration, kind)
            if step.closings:
                _close(step.closings, children, starts)
            del starts[step.kept :]
            starts.append(len(children))
            token = new_text(Token, match.group())
            token.type = kind
            token.start = position
            children.append(token)
            configuration = step.target
            position = match.end()
        last = self._moves(configuration.stack, _END)
        if last is None:
            raise UnexpectedInput(end)
        _close(last.closings, children, starts)
        [tree] = children
        assert isinstance(tree, Tree)
        return tree

    def _configuration(self, stack: Stack) -> _Configuration:
        return self._configurations.setdefault(stack, _Configuration(stack))

    def _matcher(self, configuration: _Configuration, char: str) -> Matcher:
        """Matches the terminals that can be shifted here and begin with a character, in their order.

        Few can begin alike: to compile a pattern of them all would take longer than to parse a tune.
        """
        first = char if char < OTHER else OTHER
        # LALR(1) merges states, so a state's look-ahead may name terminals that fail further down the
        # stack: only those that can really be shifted are matched.
        names = tuple(
            name
            for name, characters in self._tables.first_characters.items()
            if first in characters and self._moves(configuration.stack, name)
        )
        if names not in self._matchers:
            groups = "|".join(f"(?P<{name}>{self._tables.patterns[name]})" for name in names)
            # Where nothing can follow, nothing matches.
            self._matchers[names] = re.compile(groups or "(?!)", re.ASCII).match
        if first == char:
            configuration.matchers[char] = self._matchers[names]
        return self._matchers[names]

    def _step(self, configuration: _Configuration, terminal: str) -> _Step:
        moves = self._moves(configuration.stack, terminal)
        assert moves is not None, f"{terminal} was matched where it cannot be shifted"
        step = _Step(self._configuration(moves.stack), moves.closings, moves.kept)
        configuration.steps[terminal] = step
        return step

    def _moves(self, before: Stack, terminal: str) -> _Moves | None:
        """Run the reductions that the terminal calls for, and shift it; None if it cannot follow.

        A rule whose name begins with `_` has no tree of its own: its children are its parent's.
        """
        stack = list(before)
        closings: list[tuple[int, str]] = []
        kept = len(stack) - 1
        states = self._tables.states
        while stack[-1] != self._tables.end:
            action = states[stack[-1]].get(terminal)
            if action is None:
                return None
            if isinstance(action, int):
                stack.append(action)
                break
            size, name = action
            assert size, f"the rule {name} can be empty"
            del stack[len(stack) - size :]
            first = len(stack) - 1
            if not name.startswith("_"):
                closings.append((first, name))
            kept = min(kept, first + 1)
            following = states[stack[-1]][name]
            assert isinstance(following, int)
            stack.append(following)
        return _Moves(tuple(stack), tuple(closings), kept)


def _close(
    closings: tuple[tuple[int, str], ...],
    children: list[Node],
    starts: list[int],
) -> None:
    """Make the trees of the rules that end here out of the children that they began with."""
    for first, name in closings:
        start = starts[first]
        children[start:] = [Tree(name, children[start:])]
        del starts[first + 1 :]
