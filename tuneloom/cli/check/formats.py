"""The output formats of a check: those printed file by file, and those that are one document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from tuneloom.cli.check.report import CheckReport, FileFinding

__all__ = ["FORMATS", "FOR_PEOPLE", "STATISTICS", "document_of", "is_document", "print_findings"]

# Each function is imported when it is used.
_PRINTED = {
    "full": "terminal.print_full",
    "concise": "terminal.print_concise",
    "github": "for_programs.print_github",
}
_DOCUMENTS = {
    "json": "for_programs.json_array",
    "sarif": "sarif.sarif_log",
    "junit": "junit.junit_report",
}
STATISTICS = {
    "full": "statistics.statistics_table",
    "concise": "statistics.statistics_table",
    "json": "statistics.statistics_json",
}
"""The formats that `--statistics` has."""

FORMATS = ("full", "concise", "json", "github", "sarif", "junit")
FOR_PEOPLE = frozenset({"full", "concise"})
"""The formats that a closing line follows."""


def is_document(output_format: str, statistics: bool) -> bool:
    """Whether there is nothing to print before all files are checked."""
    return statistics or output_format in _DOCUMENTS


def print_findings(findings: Sequence[FileFinding], output_format: str) -> None:
    """Print the findings of a file, in a format that is no document."""
    _function(_PRINTED[output_format])(findings)


def document_of(report: CheckReport, output_format: str, statistics: bool) -> str:
    """The document of a whole check."""
    text: str = _function((STATISTICS if statistics else _DOCUMENTS)[output_format])(report)
    return text


def _function(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(".")
    found: Callable[..., Any] = getattr(import_module(f"tuneloom.cli.check.{module}"), function)
    return found
