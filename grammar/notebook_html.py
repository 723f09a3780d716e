"""Tables and pictures as HTML for notebooks, light and dark: they take colours and fonts from around them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["html_table", "picture_html"]

_LEFT, _RIGHT = ' style="text-align:left"', ' style="text-align:right"'


def html_table(
    rows: Iterable[Sequence[str]], headings: Sequence[str] = (), *, of_text: bool = False
) -> str:
    """Rows of text, escaped: the first cell of each names it.

    Where there are headings, the other cells are numbers, and are aligned to the right, unless the table is
    `of_text`. Two spaces are a gap.
    """
    side = _RIGHT if headings and not of_text else _LEFT
    head = _row(headings, "th", side) if headings else ""
    return f"<table>{head}{''.join(_row(cells, 'td', side) for cells in rows)}</table>"


def _row(cells: Sequence[str], tag: str, side: str) -> str:
    name, *others = (escape(cell).replace("  ", "&emsp;") for cell in cells)
    shown = "".join(f"<{tag}{side}>{other}</{tag}>" for other in others)
    return f"<tr><th{_LEFT}>{name}</th>{shown}</tr>"


def picture_html(svg: str, described: str, style: str = "max-width:100%") -> str:
    """An SVG as an image of its own: no script in it runs, and what cleans HTML of SVG leaves it."""
    data = b64encode(svg.encode()).decode()
    return f'<img alt="{escape(described)}" style="{style}" src="data:image/svg+xml;base64,{data}">'
