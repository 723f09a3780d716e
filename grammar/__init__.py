"""What an ABC tune is: text -> Tune or diagnostics, from one grammar, `abc.lark`."""

from grammar.book import Book, BookTune, read_book
from grammar.diagnostics import Diagnostic, Span, snippet
from grammar.parser import GRAMMAR_HASH, Parsed, is_parseable, parse
from grammar.tune import Tune

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
