"""The last lines of a check: how much was found, and what repairs would mend by which command."""

from __future__ import annotations

from collections.abc import Sequence

from tuneloom.cli.check.report import CheckReport
from tuneloom.cli.text.input_files import STANDARD_INPUT
from tuneloom.grammar.counts import count_of

__all__ = ["closing_lines"]

_LONGEST_INPUTS = 60  # characters of paths that are repeated


def closing_lines(report: CheckReport) -> str:
    """`3 findings in 2 tunes`, and a line on repairs if there are some that could be made."""
    findings = list(report.findings)
    tunes = count_of(report.tunes, "tune")
    if not findings:
        return f"{tunes}, no findings"
    lines = [f"{count_of(len(findings), 'finding')} in {tunes}"]
    written = [finding for file in report.files if file.is_tunebook for finding in file.findings]
    if repairable := sum(finding.found.repairable for finding in written):
        lines.append(f"[*] {repairable:,} can be repaired: {_repair_command(report.inputs)}")
    if guessed := sum(finding.found.repairable_by_guess for finding in written):
        command = _repair_command(report.inputs, " --unsafe")
        lines.append(f"[?] {guessed:,} by a guess at what was meant: {command}")
    return "\n".join(lines)


def _repair_command(inputs: Sequence[str], options: str = "") -> str:
    if STANDARD_INPUT in inputs:
        return f"tuneloom format --repair{options} -"
    from shlex import join

    # Paths as the user named them, unless they are many.
    named = join(inputs)
    files = named if len(named) <= _LONGEST_INPUTS else "FILE..."
    return f"tuneloom format --repair{options} --write {files} (--diff shows what would change)"
