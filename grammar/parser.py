"""Text -> Tune or diagnostics: the three layers put together."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from grammar.builder import build
from grammar.diagnostics import Diagnostic
from grammar.lexer import AbcLexer
from grammar.resolver import Resolved, resolve
from grammar.syntax import diagnose
from grammar.tune import Tune

__all__ = ["GRAMMAR_HASH", "Parsed", "parse", "parse_resolved"]

_GRAMMAR = files("grammar").joinpath("abc.lark").read_text(encoding="utf-8")
GRAMMAR_HASH = hashlib.sha256(_GRAMMAR.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tune, or None with at least one diagnostic that says what stands in the way."""

    tune: Tune | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def parseable(self) -> bool:
        return self.tune is not None


def parse(text: str, line: int = 1) -> Parsed:
    """Parse one tune as found in a file whose line `line` it begins at.

    Never raises: whatever the text holds, what is wrong with it is in the diagnostics.
    """
    resolved = resolve(text, line)
    try:
        tree = parse_resolved(resolved.text)
    except UnexpectedInput as error:
        return Parsed(None, (diagnose(resolved, _offset(error, resolved)),))
    if resolved.empty_lines:
        return Parsed(None, (diagnose(resolved, None),))
    return Parsed(build(tree), ())


def parse_resolved(text: str) -> Tree[Token]:
    """The tree of a resolved text.

    Raises:
        lark.exceptions.UnexpectedInput: the text is not a tune; `pos_in_stream` says where.
    """
    return _parser().parse(text)


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer=AbcLexer, maybe_placeholders=False)


def _offset(error: UnexpectedInput, resolved: Resolved) -> int:
    """Where the text stops being ABC; at the end of a text that stops too early."""
    token = getattr(error, "token", None)
    if token is not None and token.type == "$END":
        return len(resolved.text)
    return error.pos_in_stream if error.pos_in_stream is not None else len(resolved.text)
