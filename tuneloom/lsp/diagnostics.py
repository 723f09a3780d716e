"""Findings as an editor marks them: with a range, a severity, tags, and a link to the page of the code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from lsprotocol import types as lsp

from tuneloom import __version__
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
    return [_mark(uri, open_book, found, folder) for found in findings]


def _mark(uri: str, open_book: OpenBook, found: Diagnostic, folder: Path | None) -> lsp.Diagnostic:
    span = found.span
    end = (span.end_line, span.end_column)
    return lsp.Diagnostic(
        range=open_book.lines.range(span.line, span.column, *end),
        message=f"{found.message}\n{found.help}",
        severity=_SEVERITIES[found.severity],
        code=found.code,
        code_description=lsp.CodeDescription((folder / f"{found.code}.md").as_uri())
        if folder
        else None,
        source="tuneloom",
        tags=[_TAGS[found.code]] if found.code in _TAGS else None,
        related_information=_related(uri, open_book, found),
    )


def _related(
    uri: str, open_book: OpenBook, found: Diagnostic
) -> list[lsp.DiagnosticRelatedInformation] | None:
    """The tune that has a number already."""
    if found.code != "duplicate-reference":
        return None
    tune = open_book.tune_at(found.line)
    number = reference_of(tune) if tune else ""
    for other in open_book.book.tunes:
        if reference_of(other) == number and other.line != found.line:
            place = lsp.Location(uri, open_book.lines.lines_range(other.line, other.line))
            return [lsp.DiagnosticRelatedInformation(place, f"X:{number} is here too")]
    return None


@cache
def _pages_folder() -> Path | None:
    """The folder of the user's cache with the page of each code; None if it cannot be written."""
    with suppress(OSError, RuntimeError):  # no folder that can be written, or no home
        base = os.environ.get("XDG_CACHE_HOME")
        folder = Path(base) if base else Path.home() / ".cache"
        folder = folder / "tuneloom" / f"codes-{__version__}"
        write_pages(folder)
        return folder
    return None
