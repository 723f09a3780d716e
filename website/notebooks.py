"""A notebook as a page of the site: its text, its code, and the outputs that are stored in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import nbformat
from nbformat import NotebookNode

__all__ = ["notebook_markdown"]

_STYLE = re.compile(r"<style.*?</style>", re.DOTALL)  # of tables, for which the site has its own


def notebook_markdown(path: Path) -> str:
    """The Markdown of a notebook. Outputs are HTML in lines of their own, which Markdown leaves alone."""
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return "\n\n".join(part for cell in notebook.cells for part in _cell_parts(cell)) + "\n"


def _cell_parts(cell: NotebookNode) -> Iterator[str]:
    if cell.cell_type == "markdown":
        yield cell.source
        return
    yield f"````python\n{cell.source}\n````"
    for output in cell.outputs:
        # An empty line would end the HTML, and a line feed in its text is the same as this.
        yield f"<div>{_output_html(output)}</div>".replace("\n", "&#10;")


def _output_html(output: NotebookNode) -> str:
    data = output.get("data", {})
    if "text/html" in data:
        return _STYLE.sub("", data["text/html"])
    if "text/markdown" in data:
        return f"<pre>{escape(data['text/markdown'])}</pre>"
    if "image/png" in data:
        picture = data["image/png"].replace("\n", "")
        return f'<img alt="Output of the cell" src="data:image/png;base64,{picture}">'
    return f"<pre>{escape(data.get('text/plain', output.get('text', '')))}</pre>"
