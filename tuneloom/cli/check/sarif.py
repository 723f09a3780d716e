"""A check as SARIF 2.1.0, which code scanning and editors read."""

from __future__ import annotations

import json
from pathlib import PurePath
from urllib.parse import quote

from tuneloom import __version__
from tuneloom.cli.check.report import CheckReport, FileFinding
from tuneloom.grammar.checking.pages import code_page, summary
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic

__all__ = ["sarif_log"]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_Object = dict[str, object]


def sarif_log(report: CheckReport) -> str:
    """A log with one run; files that cannot be read are notifications of the tool (3.20.21)."""
    findings = list(report.findings)
    # The first finding of each code says its level.
    rules = {finding.found.code: finding.found for finding in reversed(findings)}
    codes = sorted(rules)
    driver: _Object = {
        "name": "tuneloom",
        "version": __version__,
        "rules": [_rule(rules[code]) for code in codes],
    }
    run: _Object = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(finding, codes.index(finding.found.code)) for finding in findings],
    }
    log: _Object = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False)


def _rule(found: Diagnostic) -> _Object:
    return {
        "id": found.code,
        "shortDescription": {"text": summary(found.code)},
        "help": {"text": found.help, "markdown": code_page(found.code)},
        "defaultConfiguration": {"level": found.severity},
        "properties": {"tags": [found.level]},
    }


def _result(finding: FileFinding, rule: int) -> _Object:
    found = finding.found
    region = {
        "startLine": finding.line,
        "startColumn": found.column,
        "endLine": finding.file_line or found.span.end_line,
        "endColumn": found.span.end_column,
    }
    if finding.file_line:  # the columns are those of a line of the tune
        region = {"startLine": finding.line}
    location: _Object = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(finding.file)}, "region": region}
    }
    if finding.tune_place:
        location["logicalLocations"] = [{"name": finding.tune_place, "kind": "member"}]
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.severity,
        "message": {"text": f"{found.message}; {found.help}"},
        "locations": [location],
    }


def _uri(name: str) -> str:
    """A path as a URI, relative to where the command ran unless it is absolute."""
    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _invocation(report: CheckReport) -> _Object:
    notifications = [
        {"level": "error", "message": {"text": fault}, "descriptor": {"id": "unreadable-file"}}
        for fault in report.faults
    ]
    return {
        "executionSuccessful": not notifications,
        "toolExecutionNotifications": notifications,
    }
