"""The LALR tables that Lark computes from `abc.lark`. Cached, since Lark takes a second for them."""

from __future__ import annotations

from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from tuneloom.grammar.automaton.disk_cache import read_cache, write_cache
from tuneloom.grammar.automaton.grammar_file import grammar_text, require_lark_version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lark import Token

__all__ = ["OTHER", "Action", "Tables", "load_tables", "tables_from_json", "tables_of"]

# A state to go to, or a rule to reduce: how many symbols it has and its name.
Action = int | tuple[int, str]

OTHER = "\x80"

_NAME = "tables.json"
_SOURCES = ("parsing/tables.py", "automaton/patterns.py")


class Tables(Struct, frozen=True, array_like=True):
    """`states[s][symbol]` is an action; `patterns` has the terminals in the order of the grammar.

    `first_characters` has for each terminal the characters that its matches begin with; in it, OTHER
    is any character outside ASCII.
    """

    states: tuple[dict[str, Action], ...]
    start: int
    end: int
    patterns: dict[str, str]
    first_characters: dict[str, str]


def load_tables() -> Tables:
    """The tables of `abc.lark`, from the cache if they are there."""
    cached = read_cache(_NAME, _SOURCES)
    if cached is not None:
        with suppress(ValueError):  # damaged: compute them again
            return tables_from_json(cached)
    tables = tables_of(grammar_text())
    write_cache(_NAME, _SOURCES, msgspec.json.encode(tables))
    return tables


def tables_of(grammar: str) -> Tables:
    """Let Lark compute the tables of a grammar whose start rule is `start`.

    Raises:
        ImportError: another version of Lark is installed than the one pinned.
    """
    require_lark_version()
    from lark import Lark
    from lark.lexer import Lexer
    from lark.parsers.lalr_analysis import Shift

    class NoLexer(Lexer):
        """Takes the place of Lark's lexers, which compare all terminals with each other at the start."""

        def __init__(self, lexer_conf: object) -> None:
            pass

        def lex(self, *_: object) -> Iterator[Token]:
            raise AssertionError("the engine matches terminals itself")

    lark = Lark(grammar, parser="lalr", lexer=NoLexer, maybe_placeholders=False)
    parsing: Any = lark.parser
    table = parsing.parser.parser.parse_table
    states = tuple(
        {
            str(symbol): argument
            if action is Shift
            else (len(argument.expansion), str(argument.origin.name))
            for symbol, (action, argument) in table.states[number].items()
        }
        for number in range(len(table.states))
    )
    patterns = {str(t.name): t.pattern.to_regexp() for t in lark.terminals}
    first = {name: _first_characters(pattern) for name, pattern in patterns.items()}
    return Tables(states, table.start_states["start"], table.end_states["start"], patterns, first)


def _first_characters(pattern: str) -> str:
    from tuneloom.grammar.automaton.patterns import Program, compile_pattern

    program = Program()
    waiting = [compile_pattern(pattern, "", program)]
    first: set[str] = set()
    seen: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        assert number not in program.matches, f"the terminal {pattern} can be empty"
        waiting.extend(program.tries.get(number, ()))
        for low, high in program.reads[number][0] if number in program.reads else ():
            first.update(map(chr, range(low, min(high, ord(OTHER)) + 1)))
            first.update(OTHER if high >= ord(OTHER) else ())
    return "".join(sorted(first))


def tables_from_json(data: bytes) -> Tables:
    """Read the JSON of tables, as msgspec writes it.

    Raises:
        ValueError: it is not JSON, or they do not fit together.
    """
    tables = msgspec.json.decode(data, type=Tables)
    actions = chain.from_iterable(state.values() for state in tables.states)
    targets = {action for action in actions if isinstance(action, int)}
    known = set(range(len(tables.states)))
    if not (
        targets | {tables.start, tables.end} <= known
        and tables.patterns.keys() == tables.first_characters.keys()
    ):
        raise ValueError("the tables are damaged")
    return tables
