"""The language of ABC tunes: one grammar, `abc.lark`, turns text into a tune or into diagnostics.

The names below are imported when first used, so that importing one module loads only what it needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuneloom.grammar.diagnostics.diagnostic import Diagnostic as Diagnostic
    from tuneloom.grammar.diagnostics.diagnostic import Span as Span
    from tuneloom.grammar.diagnostics.diagnostic import snippet as snippet
    from tuneloom.grammar.grammar_hash import GRAMMAR_HASH as GRAMMAR_HASH
    from tuneloom.grammar.parsing.parser import is_parseable as is_parseable
    from tuneloom.grammar.parsing.parser import parse as parse
    from tuneloom.grammar.parsing.result import ParsedTune as ParsedTune
    from tuneloom.grammar.parsing.result import ParseFailure as ParseFailure
    from tuneloom.grammar.parsing.result import ParseResult as ParseResult
    from tuneloom.grammar.source.book import Book as Book
    from tuneloom.grammar.source.book import BookTune as BookTune
    from tuneloom.grammar.source.book import read_book as read_book
    from tuneloom.grammar.tune.elements import Tune as Tune

_MODULES = {
    "GRAMMAR_HASH": "grammar_hash",
    "Book": "source.book",
    "BookTune": "source.book",
    "Diagnostic": "diagnostics.diagnostic",
    "ParseFailure": "parsing.result",
    "ParseResult": "parsing.result",
    "ParsedTune": "parsing.result",
    "Span": "diagnostics.diagnostic",
    "Tune": "tune.elements",
    "is_parseable": "parsing.parser",
    "parse": "parsing.parser",
    "read_book": "source.book",
    "snippet": "diagnostics.diagnostic",
}

__all__ = [
    "GRAMMAR_HASH",
    "Book",
    "BookTune",
    "Diagnostic",
    "ParseFailure",
    "ParseResult",
    "ParsedTune",
    "Span",
    "Tune",
    "is_parseable",
    "parse",
    "read_book",
    "snippet",
]


def __getattr__(name: str) -> object:
    """Import the module of a public name when the name is first used."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
