"""Findings as an editor marks them: with a range, a severity, tags, and a link to the page of the code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from lsprotocol import types as lsp

from tuneloom import __version__
from tuneloom.grammar.automaton.disk_cache import cache_folder
from tuneloom.grammar.checking.pages import write_pages
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.lsp.open_book import OpenBook, reference_of

__all__ = ["marks_of"]

_SEVERITIES = {"error": lsp.DiagnosticSeverity.Error, "warning": lsp.DiagnosticSeverity.Warning}
# What the standard of today writes otherwise, and what may go without a loss.
_TAGS = dict.fromkeys(("old-chord", "old-tempo", "line-end-bang"), lsp.DiagnosticTag.Deprecated) | (
    dict.fromkeys(("html", "reserved-character", "unknown-code"), lsp.DiagnosticTag.Unnecessary)
)


def marks_of(uri: str, open_book: OpenBook, findings: Sequence[Diagnostic]) -> list[lsp.Diagnostic]:
    """The findings of a document in the terms of the protocol."""
    folder = _pages_folder()
    return [
        lsp.Diagnostic(
            range=open_book.lines.range(
                found.line, found.column, found.span.end_line, found.span.end_column
            ),
            message=f"{found.message}\n{found.help}",
            severity=_SEVERITIES[found.severity],
            code=found.code,
            code_description=_page_link(folder, found.code),
            source="tuneloom",
            tags=[_TAGS[found.code]] if found.code in _TAGS else None,
            related_information=related,
        )
        for found, related in zip(findings, _related(uri, open_book, findings), strict=True)
    ]


def _related(
    uri: str, open_book: OpenBook, findings: Sequence[Diagnostic]
) -> Iterator[list[lsp.DiagnosticRelatedInformation] | None]:
    """For each finding, the tune that it is about as well: that which has a number already."""
    numbers: dict[int, str] = {}
    first: dict[str, int] = {}
    for found in findings:
        if found.code != "duplicate-reference":
            yield None
            continue
        if not numbers:
            numbers = {tune.line: reference_of(tune) for tune in open_book.book.tunes}
            first = {number: line for line, number in reversed(numbers.items())}
        number = numbers.get(found.line, "")
        line = first.get(number, found.line)
        place = lsp.Location(uri, open_book.lines.lines_range(line, line))
        yield [lsp.DiagnosticRelatedInformation(place, f"X:{number} is here too")]


@cache
def _page_link(folder: Path | None, code: str) -> lsp.CodeDescription | None:
    return lsp.CodeDescription((folder / f"{code}.md").as_uri()) if folder else None


@cache
def _pages_folder() -> Path | None:
    """The folder of the user's cache with the page of each code; None if it cannot be written."""
    with suppress(OSError, RuntimeError):  # no folder that can be written, or no home
        folder = cache_folder() / f"codes-{__version__}"
        write_pages(folder)
        return folder
    return None
