"""The engine walks Lark's tables faster than Lark; language and trees must be Lark's own."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from lark import Lark
from lark import Token as LarkToken
from lark import Tree as LarkTree
from lark.exceptions import UnexpectedCharacters, UnexpectedToken
from lark.lexer import Lexer

from tuneloom.grammar import read_book
from tuneloom.grammar.parsing.engine import UnexpectedInput
from tuneloom.grammar.parsing.nodes import Node, Token, Tree
from tuneloom.grammar.parsing.parser import parse_resolved
from tuneloom.grammar.source.resolver import resolve_tune

GRAMMAR = files("tuneloom.grammar").joinpath("abc.lark").read_text(encoding="utf-8")


class PlainLexer(Lexer):
    """What can come next in the parser's state, in the order of the file; nothing is remembered."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: Any) -> None:
        self.patterns = {t.name: re.compile(t.pattern.to_regexp()) for t in lexer_conf.terminals}

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[LarkToken]:
        text, position = lexer_state.text.text, 0
        while position < len(text):
            accepted = parser_state.parse_conf.states[parser_state.position]
            for name, pattern in self.patterns.items():
                if name in accepted and (match := pattern.match(text, position)):
                    yield LarkToken(name, match.group(), position)
                    position = match.end()
                    break
            else:
                raise UnexpectedCharacters(text, position, 0, 0)  # type: ignore[no-untyped-call]


LARK = Lark(GRAMMAR, parser="lalr", lexer=PlainLexer, strict=True, maybe_placeholders=False)


def of_engine(text: str) -> Any:
    """The engine's tree as nested tuples, or the offset at which it stops."""
    try:
        return plain(parse_resolved(text))
    except UnexpectedInput as stopped:
        return stopped.offset


def of_lark(text: str) -> Any:
    """The same by Lark's own parser."""
    try:
        return plain(LARK.parse(text))
    except UnexpectedCharacters as error:
        return error.pos_in_stream
    except UnexpectedToken as error:
        return len(text) if error.token.type == "$END" else error.token.start_pos


def plain(node: Node | LarkToken | LarkTree[LarkToken]) -> Any:
    match node:
        case Token():
            return node.type, str(node), node.start
        case LarkToken():
            return node.type, str(node), node.start_pos
        case Tree() | LarkTree():
            return str(node.data), [plain(child) for child in node.children]


def test_real_tunes_have_the_tree_that_lark_gives_them(corpora: Path) -> None:
    data = (corpora / "nottingham/ABC_original/reelsa-c.abc").read_bytes()
    for tune in read_book(data).tunes:
        text = resolve_tune(tune.text).text
        assert of_engine(text) == of_lark(text)


@pytest.mark.parametrize(
    "text",
    [
        "X:1\nK:D\n",
        'X:1\nK:D\nA{bc}[CE]2 (3abc|1 A>B:|2 "G"c|]\nw:la\n',
        "X:1\nK:D\nA|\nG:|\n",
        "X:1\nK:D\nA | 1 B|\n",
        "X:1\nT:no key\n",
        "X:1\nK:D\n[CE\n",
        "X:1\nK:D\nA<)\n",
    ],
)
def test_small_texts_right_or_wrong_have_the_tree_that_lark_gives_them(text: str) -> None:
    assert of_engine(text) == of_lark(text)
