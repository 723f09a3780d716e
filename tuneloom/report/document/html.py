"""A report as one HTML file, which asks for nothing from elsewhere and runs no script but its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from tuneloom.grammar.notebook_html import picture_html
from tuneloom.report.document.blocks import (
    Listing,
    Paragraph,
    Picture,
    Remark,
    ReportBlock,
    ReportDocument,
    ReportSection,
    ReportTable,
    ReportTune,
)
from tuneloom.web.assets import ABCJS, fill_slots, read_asset
from tuneloom.web.document import json_block, script_policy, sound_data

__all__ = ["REPORT_GENERATOR", "report_html"]

REPORT_GENERATOR = '<meta name="generator" content="tuneloom report">'
"""The line by which a report of ours is known."""

_SCRIPTS = (
    *("page-data.js", "engraving.js", "plucked-string.js", "synth.js", "player.js"),
    "report/report.js",
)
_CODE = re.compile(r"`([^`]*)`")
_CONTROLS = {code: 0x2400 + code for code in range(32) if code != 10} | {
    0x7F: 0x2421
}  # Unicode's pictures of them


def report_html(report: ReportDocument) -> str:
    """The whole file."""
    abcjs = read_asset(ABCJS)
    script = '"use strict";\n' + "\n".join(map(read_asset, _SCRIPTS))
    tunes = [
        block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, ReportTune)
    ]
    slots = {
        "policy": script_policy(abcjs, script),
        "title": _html_text(report.title),
        "styles": read_asset("report/report.css"),
        "contents": "".join(
            f'<a href="#{_anchor(each)}">{_html_text(each.title)}</a>' for each in report.sections
        ),
        "sections": "\n".join(map(_section_html, report.sections)),
        "data": json_block([_script_data(tune) for tune in tunes]),
        "abcjs": abcjs,
        "script": script,
    }
    return fill_slots(read_asset("report/report.html"), slots)


def _anchor(section: ReportSection) -> str:
    return section.title.lower().replace(" ", "-")


def _section_html(section: ReportSection) -> str:
    blocks = "\n".join(map(_block_html, section.blocks))
    return f'<section id="{_anchor(section)}">\n<h2>{_html_text(section.title)}</h2>\n{blocks}\n</section>'


def _block_html(block: ReportBlock) -> str:
    match block:
        case Paragraph(text, is_quoted):
            return f"<p{' class=quoted' if is_quoted else ''}>{_with_code(text)}</p>"
        case Remark(text):
            return f'<p class="remark" role="note">{_with_code(text)}</p>'
        case ReportTable():
            return _report_table_html(block)
        case Picture(svg, described):
            picture = picture_html(svg, described.translate(_CONTROLS), "")
            return f'<div class="picture" tabindex="0">{picture}</div>'
        case Listing(text, language):
            return f'<pre class="{escape(language)}" tabindex="0">{_html_text(text)}</pre>'
        case ReportTune():
            return _tune_html(block)


def _html_text(text: str) -> str:
    return escape(text.translate(_CONTROLS))


def _with_code(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", _html_text(text))


def _report_table_html(table: ReportTable) -> str:
    kind = "text" if table.is_text else "figures"
    head = "".join(f'<th scope="col">{_html_text(cell)}</th>' for cell in table.headings)
    body = "\n".join(_row_html(row) for row in table.rows)
    return (
        f'<div class="table" tabindex="0"><table class="{kind}">\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody></table></div>"
    )


def _row_html(row: Sequence[str]) -> str:
    name, *others = map(_html_text, row)
    cells = "".join(f"<td>{cell}</td>" for cell in others)
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _tune_html(tune: ReportTune) -> str:
    facts = "".join(f"<li>{_with_code(fact)}</li>" for fact in tune.facts if fact)
    return (
        f'<article class="tune"><h3>{_html_text(tune.title)}</h3><ul>{facts}</ul>\n'
        '<p class="controls"><button type="button" class="play" disabled>Play</button> '
        '<label>Tempo <input type="range" min="30" max="200" step="5" value="100"> '
        '<output>100%</output></label> <span class="problem" role="alert"></span></p>\n'
        '<div class="score"></div>\n'
        f"<details><summary>ABC</summary><pre>{_html_text(tune.entry.abc)}</pre></details></article>"
    )


def _script_data(tune: ReportTune) -> dict[str, object]:
    """What `report.js` reads of a tune."""
    sound = tune.entry.sound
    return {"abc": tune.entry.abc, "title": tune.title, "sound": sound and sound_data(sound)}
