"""Parses a text to a tune or diagnostics: resolver, engine and builder put together."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tuneloom.grammar.parsing.engine import Engine, UnexpectedInput
from tuneloom.grammar.parsing.nodes import Tree
from tuneloom.grammar.parsing.result import ParsedTune, ParseFailure, ParseResult
from tuneloom.grammar.parsing.tables import load_tables
from tuneloom.grammar.source.quick_text import quick_resolved_text
from tuneloom.grammar.source.resolver import (
    Resolved,
    leaves_nothing,
    lines_with_file_header,
    resolve_tune,
)

if TYPE_CHECKING:
    from tuneloom.grammar.diagnostics.diagnostic import Diagnostic

__all__ = [
    "MAX_CHARACTERS",
    "first_error",
    "is_parseable",
    "parse",
    "parse_resolved",
    "parse_tree",
    "parseable_text",
    "resolve_parseable",
]

# The longest tune that is parsed to a tree; real tunes are shorter than a tenth of it.
MAX_CHARACTERS = 256 * 1024


def parse(text: str, line: int = 1, file_header: str = "") -> ParseResult:
    """Parse one tune as found in a file whose line `line` it begins at, with the file's header if any.

    Never raises: what is wrong with the text is in the diagnostics.
    """
    if len(text) > MAX_CHARACTERS:
        return _too_long(len(text), line)
    resolved = resolve_tune(text, line, file_header)
    try:
        tree = parse_resolved(resolved.text)
    except UnexpectedInput:
        return _failure(resolved)
    if resolved.empty_lines:
        return _failure(resolved)
    return ParsedTune(tree, resolved, text)


def is_parseable(text: str, file_header: str = "") -> bool:
    """The verdict alone, by the automaton: many times faster than `parse`, for texts of any length."""
    from tuneloom.grammar.automaton.load import load_automaton

    resolved = _resolved_text(text, file_header)
    return resolved is not None and load_automaton().accepts(resolved)


def parseable_text(text: str, file_header: str = "") -> str | None:
    """The resolved text of a tune that `parse` accepts, as far as that is told quickly; None otherwise."""
    from tuneloom.grammar.automaton.load import load_automaton

    quick = _quick_text(text, file_header) if len(text) <= MAX_CHARACTERS else None
    return quick if quick is not None and load_automaton().accepts(quick) else None


def resolve_parseable(text: str, line: int, file_header: str) -> Resolved | ParseFailure:
    """What `parse` says, without a tree: what is parsed of a tune, or what is wrong with the text."""
    if len(text) > MAX_CHARACTERS:
        return _too_long(len(text), line)
    resolved = resolve_tune(text, line, file_header)
    error = _error_of(resolved)
    return ParseFailure((error,)) if error else resolved


def parse_tree(text: str, file_header: str = "") -> Tree | None:
    """The tree of `parse` alone, without the way back to the source; None for what is no tune."""
    if len(text) > MAX_CHARACTERS:
        return None
    resolved = _resolved_text(text, file_header)
    try:
        return None if resolved is None else parse_resolved(resolved)
    except UnexpectedInput:
        return None


def _resolved_text(text: str, file_header: str) -> str | None:
    """The resolved text without the way back; None if there are empty lines in the tune."""
    quick = _quick_text(text, file_header)
    if quick is not None:
        return quick
    resolved = resolve_tune(text, 1, file_header)
    return None if resolved.empty_lines else resolved.text


def _quick_text(text: str, file_header: str) -> str | None:
    if leaves_nothing(file_header):
        return quick_resolved_text(text)
    return quick_resolved_text(
        "\n".join(line for _, line in lines_with_file_header(text, 1, file_header))
    )


def first_error(text: str, line: int = 1, file_header: str = "") -> Diagnostic | None:
    """The first diagnostic of `parse`, without the tree that it makes of a tune; None for a tune."""
    if len(text) > MAX_CHARACTERS:
        return _too_long(len(text), line).diagnostics[0]
    if is_parseable(text, file_header):
        return None
    return _error_of(resolve_tune(text, line, file_header))


# A parseable tune needs neither the words for what is wrong nor the automaton.
def _too_long(characters: int, line: int) -> ParseFailure:
    from tuneloom.grammar.diagnostics.classify import too_long

    return ParseFailure((too_long(characters, line),))


def _failure(resolved: Resolved) -> ParseFailure:
    """The engine knows the terminal at which it stopped, the automaton the exact character."""
    error = _error_of(resolved)
    assert error is not None, "the engine refuses what the automaton accepts"
    return ParseFailure((error,))


def _error_of(resolved: Resolved) -> Diagnostic | None:
    from tuneloom.grammar.automaton.load import load_automaton
    from tuneloom.grammar.diagnostics.classify import diagnose

    error = load_automaton().first_error(resolved.text)
    if error is None and not resolved.empty_lines:
        return None
    return diagnose(resolved, error.offset if error else None)


def parse_resolved(text: str) -> Tree:
    """The tree of a resolved text.

    Raises:
        UnexpectedInput: the text is not a tune; its `offset` says where.
    """
    return _engine().parse(text)


@cache
def _engine() -> Engine:
    return Engine(load_tables())
