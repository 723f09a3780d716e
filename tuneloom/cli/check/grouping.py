"""Findings of a file that have one cause, so that a person need not read it a hundred times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tuneloom.cli.check.report import FileFinding

__all__ = ["FindingGroup", "group_findings"]

_MANY = 4
# Of these, a habit of whoever wrote the file is the cause; others are a matter of each tune.
_LEVELS_OF_FILE = frozenset({"parseable", "strict"})
_CODES_OF_FILE = frozenset({"decoration-name", "directive"})


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """A finding, and those after it in the file that say the same."""

    first: FileFinding
    others: tuple[FileFinding, ...] = ()


def group_findings(findings: Sequence[FileFinding]) -> list[FindingGroup]:
    """Put four or more findings of a file that say the same in a group, at the place of the first.

    Those about the notes of a tune are only put together with others of the same tune.
    """
    alike: dict[tuple[object, ...], list[FileFinding]] = {}
    for finding in findings:
        alike.setdefault(_cause(finding), []).append(finding)
    groups: list[FindingGroup] = []
    for finding in findings:
        same = alike[_cause(finding)]
        if len(same) < _MANY:
            groups.append(FindingGroup(finding))
        elif finding is same[0]:
            groups.append(FindingGroup(finding, tuple(same[1:])))
    return groups


def _cause(finding: FileFinding) -> tuple[object, ...]:
    found = finding.found
    if found.level in _LEVELS_OF_FILE or found.code in _CODES_OF_FILE:
        return found.code, found.message
    return found.code, found.message, finding.tune, finding.row
