"""The errors of a tune that is not parseable: where the grammar stops, and where it would stop after that.

Nothing after the first error was read. So its line is left out, and the tune is read again, which finds the
first error of the lines after it, and so on. A line has at most one finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.parsing.parser import MAX_CHARACTERS, first_error
from tuneloom.grammar.parsing.result import ParseFailure
from tuneloom.grammar.source.segments import key_line

__all__ = ["syntax_errors"]

_MOST = 20  # errors of one tune, since each needs another reading
_LEFT_OUT = "%"
# What goes on for many lines, such as a letter after the music, and is one fault.
_OF_SEVERAL_LINES = frozenset({"text-in-music", "html", "empty-line"})


def syntax_errors(
    text: str, line: int, file_header: str, failure: ParseFailure
) -> Iterator[Diagnostic]:
    """The error of a failure to parse a tune, then the first of each later line that has one.

    `text`, `line` and `file_header` are those of `parse`. In the header only the first is found: what a
    header must have cannot be left out.
    """
    lines = text.split("\n")
    first_of_body = line + key_line(lines) + 1
    error = failure.diagnostics[0]
    yield error
    for _ in range(_MOST - 1):
        if error.line < first_of_body or len(text) > MAX_CHARACTERS:
            return
        lines[error.line - line] = _LEFT_OUT
        later = first_error("\n".join(lines), line, file_header)
        if later is None or later.line <= error.line:
            return
        before, error = error, later
        if not _is_same_fault(before, error):
            yield error


def _is_same_fault(before: Diagnostic, error: Diagnostic) -> bool:
    """Whether an error is one with that of the line above it: a text, or a chord that ends a line later."""
    if error.line != before.line + 1:
        return False
    if error.code == before.code:
        return error.code in _OF_SEVERAL_LINES
    return before.code in ("unclosed-chord", "bad-chord") and error.code == "stray-close"
