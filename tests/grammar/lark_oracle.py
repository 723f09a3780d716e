"""The lexer that Lark runs: one compiled expression for each set of terminals that can come next.

Lark's own contextual lexer orders terminals by their width, counts lines and calls four methods for
each token. This one keeps the order of `abc.lark`, where the longer of two terminals that begin alike
stands first, and leaves places to those who ask for them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from lark.exceptions import UnexpectedCharacters
from lark.lexer import Lexer, Token

if TYPE_CHECKING:
    from lark.common import LexerConf

__all__ = ["AbcLexer"]

Matcher = Callable[[str, int], re.Match[str] | None]


class AbcLexer(Lexer):
    """Matches only what the parser can take in its present state."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: LexerConf) -> None:
        self._patterns = {t.name: t.pattern.to_regexp() for t in lexer_conf.terminals}
        self._matcher_of_terminals: dict[tuple[str, ...], Matcher] = {}
        self._matcher_of_state: dict[int, Matcher] = {}

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Token]:
        """Yield tokens; their `start_pos` counts from the start of the text.

        Raises:
            lark.UnexpectedCharacters: nothing that could come next matches.
        """
        text: str = lexer_state.text.text
        states: list[int] = parser_state.state_stack
        matchers = self._matcher_of_state
        position, end = 0, len(text)
        while position < end:
            state = states[-1]
            matcher = matchers.get(state) or self._compile(state, parser_state)
            match = matcher(text, position)
            if match is None:
                raise UnexpectedCharacters(text, position, 0, 0, state=parser_state)
            yield Token(match.lastgroup or "", match.group(), position)
            position = match.end()

    def _compile(self, state: int, parser_state: Any) -> Matcher:
        accepted = parser_state.parse_conf.states[state]
        names = tuple(name for name in self._patterns if name in accepted)
        if names not in self._matcher_of_terminals:
            groups = "|".join(f"(?P<{name}>{self._patterns[name]})" for name in names)
            # A state that only waits for the end of the text matches nothing.
            self._matcher_of_terminals[names] = re.compile(groups or r"(?!)").match
        self._matcher_of_state[state] = self._matcher_of_terminals[names]
        return self._matcher_of_state[state]
