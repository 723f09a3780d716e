"""The output formats of findings: full, concise, json and github."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import click

from tuneloom.cli.text.tune_names import TuneName, printable
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Span, snippet

__all__ = ["FORMATS", "FileFinding", "print_findings", "snippet_at"]

_MAX_COLUMNS = 100  # of a source line; a longer one is cut around the place


@dataclass(frozen=True, slots=True)
class FileFinding:
    """A diagnostic of a file, the line that it is about, and the name of its tune.

    `row` is the row of a table. Where all lines of a tune are on one line of the file, that is `file_line`,
    and lines of the diagnostic are those of the tune.
    """

    file: str
    found: Diagnostic
    source_line: str
    tune: TuneName
    row: int = 0
    file_line: int = 0

    @property
    def place(self) -> str:
        return f"{self.file}:{self.file_line or self.found.line}:{self.found.column}"

    @property
    def tune_place(self) -> str:
        """The row, the line of the tune if that is none of the file, and the name of the tune."""
        row = f"row {self.row:,}" if self.row else ""
        line = f"line {self.found.line}" if self.file_line else ""
        return ", ".join(part for part in (row, line, str(self.tune)) if part)


def print_findings(findings: Sequence[FileFinding], output_format: str) -> None:
    """Print findings on standard output in one of `FORMATS`."""
    FORMATS[output_format](findings)


def _print_full(findings: Sequence[FileFinding]) -> None:
    for finding in findings:
        click.echo(_finding_line(finding))
        click.echo(_finding_snippet(finding))
        click.echo(f"help: {finding.found.help}\n")


def _print_concise(findings: Sequence[FileFinding]) -> None:
    for finding in findings:
        click.echo(_finding_line(finding))


def _finding_line(finding: FileFinding) -> str:
    found = finding.found
    color = "red" if found.severity == "error" else "yellow"
    repairable = " [*]" if found.repairable else ""
    name = finding.tune_place
    tune = click.style(f" ({name})", dim=True) if name else ""
    code = click.style(found.code, fg=color)
    return f"{finding.place}: {code}{repairable} {printable(found.message)}{tune}"


def _finding_snippet(finding: FileFinding) -> str:
    """The line with a caret under the place; a long line is cut."""
    return _snippet_around(finding.source_line, finding.found.span)


def snippet_at(line: str, number: int, column: int) -> str:
    """A line of a file with a caret under a column; a long line is cut."""
    return _snippet_around(line, Span(number, column, number, column + 1))


def _snippet_around(line: str, span: Span) -> str:
    start = max(0, span.column - 1 - _MAX_COLUMNS // 2) if len(line) > _MAX_COLUMNS else 0
    end_column = min(span.end_column - start, _MAX_COLUMNS + 1)
    if span.end_line > span.line:  # up to the end of its first line
        end_column = min(len(line.rstrip()) - start, _MAX_COLUMNS) + 1
    shown = Span(span.line, span.column - start, span.line, end_column)
    return snippet(printable(line[start : start + _MAX_COLUMNS]), shown)


def _print_json(findings: Sequence[FileFinding]) -> None:
    import json

    objects = [
        {
            "file": finding.file,
            "line": finding.file_line or finding.found.span.line,
            "column": finding.found.span.column,
            "end_line": finding.file_line or finding.found.span.end_line,
            "end_column": finding.found.span.end_column,
            "reference": finding.tune.reference,
            "title": finding.tune.title,
            "code": finding.found.code,
            "level": finding.found.level,
            "severity": finding.found.severity,
            "message": finding.found.message,
            "help": finding.found.help,
            "repairable": finding.found.repairable,
        }
        | ({"row": finding.row} if finding.row else {})
        | ({"tune_line": finding.found.span.line} if finding.file_line else {})
        for finding in findings
    ]
    click.echo(json.dumps(objects, indent=2, ensure_ascii=False))


def _print_github(findings: Sequence[FileFinding]) -> None:
    """Print workflow commands, which GitHub shows beside the lines of a change."""
    for finding in findings:
        found = finding.found
        # A column range is only allowed within one line.
        end = f",endColumn={found.span.end_column}" if found.span.end_line == found.line else ""
        where = (
            f"file={_escaped_property(finding.file)},line={finding.file_line or found.line},"
            f"endLine={finding.file_line or found.span.end_line},"
            f"col={found.column}{end},title={_escaped_property(found.code)}"
        )
        click.echo(f"::{found.severity} {where}::{_escaped_data(f'{found.message}; {found.help}')}")


def _escaped_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped_data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[FileFinding]], None]] = {
    "full": _print_full,
    "concise": _print_concise,
    "json": _print_json,
    "github": _print_github,
}
