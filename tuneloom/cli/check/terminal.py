"""Findings for people: `full` with the source line, and `concise`, one line each."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence

import click

from tuneloom.cli.check.grouping import FindingGroup, group_findings
from tuneloom.cli.check.report import FileFinding
from tuneloom.cli.text.snippets import snippet_of, terminal_width
from tuneloom.cli.text.tune_names import printable
from tuneloom.grammar.diagnostics.diagnostic import Severity

__all__ = ["print_concise", "print_full", "severity_color"]

_MOST_PLACES = 12  # of findings alike that are named


def print_full(findings: Sequence[FileFinding]) -> None:
    """Print the findings of a file with their lines; those of one cause together."""
    for group in group_findings(findings):
        finding = group.first
        click.echo(_finding_line(finding))
        source, _, carets = snippet_of(finding.source_line, finding.found.span).partition("\n")
        click.echo(f"{source}\n{click.style(carets, fg=severity_color(finding.found.severity))}")
        click.echo(_wrapped(f"help: {finding.found.help}", "      "))
        if group.others:
            click.echo(_wrapped(_others_line(group), "  "))
        click.echo()


def print_concise(findings: Sequence[FileFinding]) -> None:
    """Print a line for each finding."""
    for finding in findings:
        click.echo(_finding_line(finding))


def severity_color(severity: Severity) -> str:
    return "red" if severity == "error" else "yellow"


def _finding_line(finding: FileFinding) -> str:
    found = finding.found
    repairable = " [*]" if found.repairable else " [?]" if found.repairable_by_guess else ""
    name = finding.tune_place
    tune = click.style(f" ({name})", dim=True) if name else ""
    code = click.style(found.code, fg=severity_color(found.severity))
    return f"{finding.place}: {code}{repairable} {printable(found.message)}{tune}"


def _others_line(group: FindingGroup) -> str:
    places = ", ".join(map(_short_place, group.others[:_MOST_PLACES]))
    more = len(group.others) - _MOST_PLACES
    rest = f" and {more:,} more, which --output-format concise names" if more > 0 else ""
    return f"the same {len(group.others):,} times more: {places}{rest}"


def _short_place(finding: FileFinding) -> str:
    row = f"row {finding.row:,} " if finding.row else ""
    number = f" (X:{finding.tune.reference})" if finding.tune.reference else ""
    return f"{row}{finding.line}:{finding.found.column}{number}"


def _wrapped(text: str, indent: str) -> str:
    """The text in lines that a terminal has room for; elsewhere in one line, for `grep` and the like."""
    if not sys.stdout.isatty():
        return text
    return textwrap.fill(
        text,
        terminal_width(),
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )
