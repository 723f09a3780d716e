"""Findings for programs: `json`, an array of objects, and `github`, the commands of a workflow."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from tuneloom.cli.check.report import CheckReport, FileFinding

__all__ = ["json_array", "print_github"]


def json_array(report: CheckReport) -> str:
    """An array with an object for each finding."""
    objects = [_json_object(finding) for finding in report.findings]
    return json.dumps(objects, indent=2, ensure_ascii=False)


def _json_object(finding: FileFinding) -> dict[str, object]:
    found = finding.found
    return (
        {
            "file": finding.file,
            "line": finding.line,
            "column": found.column,
            "end_line": finding.file_line or found.span.end_line,
            "end_column": found.span.end_column,
            "reference": finding.tune.reference,
            "title": finding.tune.title,
            "code": found.code,
            "level": found.level,
            "severity": found.severity,
            "message": found.message,
            "help": found.help,
            "repairable": found.repairable,
            "repairable_by_guess": found.repairable_by_guess,
        }
        | ({"row": finding.row} if finding.row else {})
        | ({"tune_line": found.span.line} if finding.file_line else {})
    )


def print_github(findings: Sequence[FileFinding]) -> None:
    """Print workflow commands, which GitHub shows beside the lines of a change."""
    for finding in findings:
        found = finding.found
        # A column range is only allowed within one line.
        end = f",endColumn={found.span.end_column}" if found.span.end_line == found.line else ""
        where = (
            f"file={_escaped_property(finding.file)},line={finding.line},"
            f"endLine={finding.file_line or found.span.end_line},"
            f"col={found.column}{end},title={_escaped_property(found.code)}"
        )
        click.echo(f"::{found.severity} {where}::{_escaped_data(f'{found.message}; {found.help}')}")


def _escaped_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped_data(text).replace(":", "%3A").replace(",", "%2C")
