"""How many findings have each code, and how many of them a repair would mend."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from textwrap import wrap

import click

from tuneloom.cli.check.report import CheckReport, FileFinding
from tuneloom.cli.check.terminal import severity_color
from tuneloom.cli.text.snippets import terminal_width
from tuneloom.grammar.checking.pages import summary
from tuneloom.grammar.diagnostics.diagnostic import Severity

__all__ = ["statistics_json", "statistics_table"]


@dataclass(frozen=True, slots=True)
class CodeCount:
    """The findings of a code, how many of them can be repaired, and the files that have some."""

    code: str
    severity: Severity
    findings: int
    repairable: int
    files: int


def _count_codes(findings: Iterable[FileFinding]) -> list[CodeCount]:
    """The codes with the most findings first."""
    by_code: dict[str, list[FileFinding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.found.code].append(finding)
    counts = (
        CodeCount(
            code,
            some[0].found.severity,
            len(some),
            sum(finding.found.repairable for finding in some),
            len({finding.file for finding in some}),
        )
        for code, some in by_code.items()
    )
    return sorted(counts, key=lambda count: (-count.findings, count.code))


def statistics_json(report: CheckReport) -> str:
    """An array with an object for each code."""
    return json.dumps([asdict(count) for count in _count_codes(report.findings)], indent=2)


def statistics_table(report: CheckReport) -> str:
    """A line for each code, as wide as the terminal at most; empty without findings."""
    counts = _count_codes(report.findings)
    if not counts:
        return ""
    width = max(len(count.code) for count in counts)
    header = f"{'findings':>8}  {'[*]':>6}  {'code':{width}}  what it finds"
    room = max(20, terminal_width() - len("findings          ") - width - 2)
    return "\n".join([click.style(header, bold=True), *(_code_row(c, width, room) for c in counts)])


def _code_row(count: CodeCount, width: int, room: int) -> str:
    code = click.style(f"{count.code:{width}}", fg=severity_color(count.severity))
    repairable = f"{count.repairable:,}" if count.repairable else ""
    start = f"{count.findings:>8,}  {repairable:>6}  {code}  "
    indent = " " * (len(click.unstyle(start)))
    return start + f"\n{indent}".join(wrap(summary(count.code), room))
