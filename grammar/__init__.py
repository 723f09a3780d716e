"""What an ABC tune is: text -> Tune or diagnostics, from one grammar, `abc.lark`."""

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Span, snippet
from tuneloom.grammar.parsing.parser import GRAMMAR_HASH, Parsed, is_parseable, parse
from tuneloom.grammar.source.book import Book, BookTune, read_book
from tuneloom.grammar.tune.elements import Tune

__all__ = [
    "GRAMMAR_HASH",
    "Book",
    "BookTune",
    "Diagnostic",
    "Parsed",
    "Span",
    "Tune",
    "is_parseable",
    "parse",
    "read_book",
    "snippet",
]
