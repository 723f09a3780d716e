"""Findings for people and for programs: full, concise, json, github."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import click

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Span, snippet

__all__ = ["FORMATS", "Finding", "place_in", "print_findings"]

_WIDEST = 100  # columns of a source line around the place; longer lines are cut


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong in a file, and the line of the file where it is."""

    file: str
    found: Diagnostic
    source_line: str

    @property
    def place(self) -> str:
        return f"{self.file}:{self.found.line}:{self.found.column}"


def print_findings(findings: Sequence[Finding], output_format: str) -> None:
    """Print findings on standard output in one of FORMATS."""
    FORMATS[output_format](findings)


def _full(findings: Sequence[Finding]) -> None:
    for finding in findings:
        click.echo(_headline(finding))
        click.echo(_snippet(finding))
        click.echo(f"help: {finding.found.help}\n")


def _concise(findings: Sequence[Finding]) -> None:
    for finding in findings:
        click.echo(_headline(finding))


def _headline(finding: Finding) -> str:
    found = finding.found
    color = "red" if found.severity == "error" else "yellow"
    repairable = " [*]" if found.repairable else ""
    return f"{finding.place}: {click.style(found.code, fg=color)}{repairable} {found.message}"


def _snippet(finding: Finding) -> str:
    """The line with its caret; of a long line, what stands around the place."""
    return _cut(finding.source_line, finding.found.span)


def place_in(line: str, number: int, column: int) -> str:
    """A line of a file with a caret under a column; of a long line, what stands around it."""
    return _cut(line, Span(number, column, number, column + 1))


def _cut(line: str, span: Span) -> str:
    start = max(0, span.column - 1 - _WIDEST // 2) if len(line) > _WIDEST else 0
    end_column = min(span.end_column - start, _WIDEST + 1)
    if span.end_line > span.line:  # up to the end of its first line
        end_column = min(len(line.rstrip()) - start, _WIDEST) + 1
    shown = Span(span.line, span.column - start, span.line, end_column)
    return snippet(line[start : start + _WIDEST], shown)


def _json(findings: Sequence[Finding]) -> None:
    objects = [
        {
            "file": finding.file,
            "line": finding.found.span.line,
            "column": finding.found.span.column,
            "end_line": finding.found.span.end_line,
            "end_column": finding.found.span.end_column,
            "code": finding.found.code,
            "level": finding.found.level,
            "severity": finding.found.severity,
            "message": finding.found.message,
            "help": finding.found.help,
            "repairable": finding.found.repairable,
        }
        for finding in findings
    ]
    click.echo(json.dumps(objects, indent=2, ensure_ascii=False))


def _github(findings: Sequence[Finding]) -> None:
    """Workflow commands, which GitHub shows beside the lines of a change."""
    for finding in findings:
        found = finding.found
        # A column range is only allowed within one line.
        end = f",endColumn={found.span.end_column}" if found.span.end_line == found.line else ""
        where = (
            f"file={_property(finding.file)},line={found.line},endLine={found.span.end_line},"
            f"col={found.column}{end},title={_property(found.code)}"
        )
        click.echo(f"::{found.severity} {where}::{_data(f'{found.message}; {found.help}')}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Sequence[Finding]], None]] = {
    "full": _full,
    "concise": _concise,
    "json": _json,
    "github": _github,
}
