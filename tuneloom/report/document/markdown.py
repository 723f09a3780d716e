"""A report as Markdown, with its picture inside and its tunes as ABC text."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence

from tuneloom.report.document.blocks import (
    Listing,
    Paragraph,
    Picture,
    Remark,
    ReportBlock,
    ReportDocument,
    ReportTable,
    ReportTune,
)

__all__ = ["MARKDOWN_MARK", "report_markdown"]

MARKDOWN_MARK = "<!-- Written by Tuneloom: a report -->"
"""The line by which a report of ours is known."""

_SPECIAL = re.compile(r"([\\*_\[\]<>|#~])")
_CODE = re.compile(r"(`[^`]*`)")
_FENCE = re.compile(r"`{3,}")


def report_markdown(report: ReportDocument) -> str:
    """The whole file."""
    return (
        "\n\n".join([MARKDOWN_MARK, f"# {_markdown_text(report.title)}", *_sections(report)]) + "\n"
    )


def _sections(report: ReportDocument) -> Iterator[str]:
    for section in report.sections:
        yield f"## {section.title}"
        for block in section.blocks:
            yield _markdown_block(block)


def _markdown_block(block: ReportBlock) -> str:
    match block:
        case Paragraph(text, is_quoted):
            return f"**{_markdown_text(text)}**" if is_quoted else _markdown_text(text)
        case Remark(text):
            return f"> **Note:** {_markdown_text(text)}"
        case ReportTable():
            return "\n".join(_table_lines(block))
        case Picture(svg, described):
            data = b64encode(svg.encode()).decode()
            return f"![{_markdown_text(described)}](data:image/svg+xml;base64,{data})"
        case Listing(text, language):
            return _fenced(text, language)
        case ReportTune():
            facts = "\n".join(f"- {_markdown_text(fact)}" for fact in block.facts if fact)
            music = _fenced(block.entry.abc.rstrip(), "abc")
            return f"### {_markdown_text(block.title)}\n\n{facts}\n\n{music}"


def _markdown_text(text: str) -> str:
    """Text in one line that Markdown reads as it is; but for what is in backquotes, which is code."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(part if part[:1] == "`" else _SPECIAL.sub(r"\\\1", part) for part in parts)


def _table_lines(table: ReportTable) -> Iterator[str]:
    rule = ["---", *(["---" if table.is_text else "---:"] * (len(table.headings) - 1))]
    yield _table_line(map(_markdown_text, table.headings))
    yield _table_line(rule)
    for row in table.rows:
        yield _table_line(map(_markdown_text, row))


def _table_line(cells: Iterator[str] | Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _fenced(text: str, language: str) -> str:
    """A block of code; its fence is longer than any in the text."""
    fence = "`" * max([3, *(len(found) + 1 for found in _FENCE.findall(text))])
    return f"{fence}{language}\n{text}\n{fence}"
