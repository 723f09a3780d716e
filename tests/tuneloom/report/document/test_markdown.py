"""A report as Markdown."""

from tuneloom.report.document.blocks import (
    Listing,
    Paragraph,
    Remark,
    ReportDocument,
    ReportSection,
    ReportTable,
)
from tuneloom.report.document.markdown import MARKDOWN_MARK, report_markdown


def test_texts_cannot_become_markup_and_code_stays() -> None:
    blocks = (
        Paragraph("runs/a_b *and* <i> of `a_b`"),
        Remark("two\nlines"),
        ReportTable(("level", "a|b"), (("parseable", "100.0 *"),)),
        Listing("```\nX:1", "abc"),
    )
    text = report_markdown(ReportDocument("A # B", (ReportSection("Tunes", blocks),)))
    assert text.split("\n\n") == [
        MARKDOWN_MARK,
        r"# A \# B",
        "## Tunes",
        r"runs/a\_b \*and\* \<i\> of `a_b`",
        "> **Note:** two lines",
        "| level | a\\|b |\n| --- | ---: |\n| parseable | 100.0 \\* |",
        "````abc\n```\nX:1\n````\n",
    ]
