"""What a parse tree is made of: tokens, which are texts with a type and a place, and trees of them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

__all__ = ["Node", "Token", "Tree"]


class Token(str):
    """The text that a terminal matched; `type` is the terminal's name, `start` the offset of the text."""

    __slots__ = ("start", "type")

    type: str
    start: int

    def __new__(cls, type: str, text: str, start: int = 0) -> Token:
        token = str.__new__(cls, text)
        token.type = type
        token.start = start
        return token

    def __repr__(self) -> str:
        return f"Token({self.type!r}, {str(self)!r}, {self.start})"


class Tree(Struct):
    """What a rule of the grammar matched; `data` is the rule's name."""

    data: str
    children: list[Node]

    def tokens(self) -> Iterator[Token]:
        """The tokens in the order of the text."""
        for child in self.children:
            if isinstance(child, Token):
                yield child
            else:
                yield from child.tokens()


Node = Token | Tree
