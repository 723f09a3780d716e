"""A comparison for programs, papers and notebooks: JSON, CSV, LaTeX (booktabs), Markdown and HTML."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from io import StringIO

from tuneloom.grammar.notebook_html import html_table
from tuneloom.model.score.reports.comparison import (
    Comparison,
    ComparisonForm,
    ComparisonRow,
    FigureTest,
)
from tuneloom.model.score.reports.score_tables import UNMEASURED, FiguresTable, estimate_text
from tuneloom.model.score.statistics.figure_value import Estimate

__all__ = ["COMPARISON_FORMATS", "WINNER_NOTE", "comparison_html", "tests_table"]

WINNER_NOTE = "* better than every other, and no 95% interval of theirs reaches its own"

_DIGITS = 6  # of numbers for programs, of which p-values keep so many significant ones
_LATEX = {mark: f"\\{mark}" for mark in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": "$<$",
    "–": "--",
    "−": "$-$",
    "…": r"\dots{}",
}
_MARKDOWN = {mark: f"\\{mark}" for mark in "\\|*_<"}
_TEST_HEADINGS = ("test", "difference, points", "h", "z", "p (Holm)")


def tests_table(comparison: Comparison) -> FiguresTable:
    """A row for each test: the difference in percentage points with its interval, and the rest."""
    rows = []
    for test in comparison.tests:
        pair = f"{comparison.names[test.first]} − {comparison.names[test.second]}"
        points, low, high = (100 * each for each in (test.result.difference, *test.result.ci95))
        rows.append(
            (
                f"{test.label}: {pair}",
                f"{_with_sign(points, 1)} ({_with_sign(low, 1)} to {_with_sign(high, 1)})",
                _with_sign(test.result.cohens_h, 2),
                _with_sign(test.result.z, 2),
                _p_text(test.adjusted_p),
            )
        )
    return FiguresTable(_TEST_HEADINGS, tuple(rows))


def comparison_html(comparison: Comparison) -> str:
    """The tables of figures and tests, and what a star in them means."""
    rows = [_row_cells(row, {}, "%s *") for row in comparison.rows]
    tables = [html_table(rows, ("", *_sized_names(comparison)))]
    if any(row.winner is not None for row in comparison.rows):
        tables.append(f"<p>{WINNER_NOTE}</p>")
    if comparison.tests:
        found = tests_table(comparison)
        tables.append(html_table(found.rows, found.headings))
    return "".join(tables)


def _sized_names(comparison: Comparison) -> list[str]:
    return [
        f"{name} (n = {size:,})"
        for name, size in zip(comparison.names, comparison.sizes, strict=True)
    ]


def _with_sign(number: float, digits: int) -> str:
    """With a minus sign, and none before a zero."""
    return f"{number:z.{digits}f}".replace("-", "−")


def _p_text(p_value: float) -> str:
    return "< 0.001" if p_value < 0.001 else f"{p_value:.3f}"


def _comparison_json(comparison: Comparison) -> str:
    found = {
        "collections": [
            {"name": name, "tunes": size}
            for name, size in zip(comparison.names, comparison.sizes, strict=True)
        ],
        "figures": [
            {
                "figure": row.name,
                "label": row.label,
                "better": row.better,
                "values": [each and _estimate_values(each) for each in row.estimates],
            }
            for row in comparison.rows
        ],
        "tests": [_test_values(comparison, test) for test in comparison.tests],
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


def _comparison_csv(comparison: Comparison) -> str:
    """A row for each figure of each collection or, if tests were made, for each of these."""
    if comparison.tests:
        rows = [_test_values(comparison, test) for test in comparison.tests]
    else:
        rows = [
            {"figure": row.name, "collection": name, "tunes": size, **_estimate_values(estimate)}
            for row in comparison.rows
            for name, size, estimate in zip(
                comparison.names, comparison.sizes, row.estimates, strict=True
            )
            if estimate
        ]
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().rstrip("\n")


def _estimate_values(estimate: Estimate) -> dict[str, str | float]:
    """The value and the ends of its 95% interval, in the unit of the figure."""
    values = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
    return {name: round(value, _DIGITS) for name, value in values.items()}


def _test_values(comparison: Comparison, test: FigureTest) -> dict[str, str | float]:
    """The difference and the ends of its 95% interval are shares, from -1 to 1."""
    result = test.result
    low, high = result.ci95
    return {
        "figure": test.name,
        "first": comparison.names[test.first],
        "second": comparison.names[test.second],
        "difference": round(result.difference, _DIGITS),
        "low": round(low, _DIGITS),
        "high": round(high, _DIGITS),
        "cohens_h": round(result.cohens_h, _DIGITS),
        "z": round(result.z, _DIGITS),
        "p": float(f"{result.p_value:.{_DIGITS}g}"),
        "p_holm": float(f"{test.adjusted_p:.{_DIGITS}g}"),
    }


def _latex_tables(comparison: Comparison) -> str:
    """Tables that need the package booktabs; the best of a row in bold."""
    return _joined_tables(comparison, _LATEX, r"\textbf{%s}", _latex_table)


def _markdown_tables(comparison: Comparison) -> str:
    """Tables as GitHub shows them; the best of a row in bold."""
    return _joined_tables(comparison, _MARKDOWN, "**%s**", _piped_table)


def _joined_tables(
    comparison: Comparison,
    escapes: Mapping[str, str],
    bold: str,
    write: Callable[[FiguresTable], str],
) -> str:
    escaped = str.maketrans(dict(escapes))
    headings = _sized_names(comparison)
    rows = [_row_cells(row, escaped, bold) for row in comparison.rows]
    tables = [FiguresTable(("", *(name.translate(escaped) for name in headings)), tuple(rows))]
    if comparison.tests:
        found = tests_table(comparison)
        headings, *cells = (
            [cell.translate(escaped) for cell in row] for row in (found.headings, *found.rows)
        )
        tables.append(FiguresTable(tuple(headings), tuple(map(tuple, cells))))
    return "\n\n".join(map(write, tables))


def _row_cells(row: ComparisonRow, escaped: dict[int, str], bold: str) -> tuple[str, ...]:
    texts = [estimate_text(each, row.digits) if each else UNMEASURED for each in row.estimates]
    cells = [text.translate(escaped) for text in texts]
    if row.winner is not None:
        cells[row.winner] = bold % cells[row.winner]
    return (row.label.translate(escaped), *cells)


def _latex_table(table: FiguresTable) -> str:
    lines = [" & ".join(row) + r" \\" for row in (table.headings, *table.rows)]
    columns = "l" + "r" * (len(table.headings) - 1)
    return "\n".join(
        [
            rf"\begin{{tabular}}{{{columns}}}",
            r"\toprule",
            lines[0],
            r"\midrule",
            *lines[1:],
            r"\bottomrule",
            r"\end{tabular}",
        ]
    )


def _piped_table(table: FiguresTable) -> str:
    marks = ("---", *["--:"] * (len(table.headings) - 1))
    return "\n".join(f"| {' | '.join(row)} |" for row in (table.headings, marks, *table.rows))


COMPARISON_FORMATS: Mapping[ComparisonForm, Callable[[Comparison], str]] = {
    "json": _comparison_json,
    "csv": _comparison_csv,
    "latex": _latex_tables,
    "markdown": _markdown_tables,
}
