"""How printed text is compared with the page: as it is, or without the figures of a run.

In a page, a line `…` marks omitted lines.
"""

from __future__ import annotations

import re

from tuneloom.corpus.sources import SOURCES
from tuneloom.grammar.checking.levels import all_codes

__all__ = ["missing_from", "without_figures", "without_machine"]

OMITTED = "…"
# Rows of tables by source that are no known source.
OTHER_ROWS = ("input", "all", "nottingham-cleaned", "taberna")

# What another machine, another day or another version of a script changes.
_MACHINE = (
    (re.compile(r"^ +\d+ s  .*\n", re.MULTILINE), ""),  # how far an ingestion is
    (re.compile(r"\b[\d,.]+ s$", re.MULTILINE), "0 s"),
    (re.compile(r"(\.html: .*?)[\d,]+ bytes"), r"\g<1>0 bytes"),
    (re.compile(r"^device .*\n", re.MULTILINE), ""),
)
# What another collection or another network changes: numbers, and the widths of columns with them.
_FIGURES = (
    (re.compile(r"^device .*\n", re.MULTILINE), ""),
    (re.compile(r"\\textbf\{([^}]*)\}"), r"\1"),
    (re.compile(r"< (?=\d)"), ""),
    (re.compile(r"\.venv/bin/"), ""),
    (re.compile(r"(?<=budget).*"), " 0"),
    (re.compile(r"\b[0-9a-f]{16}\b"), "0"),
    (re.compile(r"no validation split|validation [\d.]+"), "validation 0"),
    (re.compile(r"[−-]?\d[\d.,]*%?(?: \([−-]?\d[^)]*\))?"), "0"),
    (re.compile(r"─+|\b0 of 0\b|(?<= )[0–](?= |$)", re.MULTILINE), ""),
    (re.compile(r" +"), " "),
)


def without_machine(text: str) -> str:
    """The text without times, and without sizes of pages, which each change of a script changes."""
    for pattern, put in _MACHINE:
        text = pattern.sub(put, text)
    return "\n".join(line.rstrip() for line in text.splitlines())


def without_figures(text: str) -> str:
    """The text without numbers, and with a row for what is counted by code or by source."""
    for pattern, put in _FIGURES:
        text = pattern.sub(put, text)
    lines = [_row_of_names(line.strip()) for line in text.splitlines()]
    return "\n".join(one for one, before in zip(lines, ["", *lines], strict=False) if one != before)


def _row_of_names(line: str) -> str:
    first = line.partition(" ")[0]
    if first in all_codes():
        return "CODE"
    return "SOURCE" if first in (*SOURCES, *OTHER_ROWS) else line


def missing_from(printed: str, shown: str) -> list[str]:
    """The first passage of a page that was not printed in its place; the whole if nothing is left out."""
    first, *passages = re.split(rf"^{OMITTED}$", shown, flags=re.MULTILINE)
    if not passages:
        return [] if printed.rstrip("\n") == shown.rstrip("\n") else [shown]
    if not printed.startswith(first):
        return [first]
    *passages, last = (passage.strip("\n") for passage in passages)
    rest = f"\n{printed[len(first) :]}".rstrip("\n") + "\n"
    for passage in passages:
        _, found, rest = rest.partition(f"\n{passage}\n")
        rest = f"\n{rest}"
        if not found:
            return [passage]
    return [] if not last or rest.endswith(f"\n{last}\n") else [last]
