"""A notebook as a page of the site: its text, its code, and the outputs that are stored in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import nbformat
from nbformat import NotebookNode

__all__ = ["notebook_markdown"]

# Of tables of pandas, for which the site has a style of its own.
_STYLE = re.compile(r'<style.*?</style>| border="1" class="dataframe"', re.DOTALL)
_FOR_TERMINALS = re.compile(r"\r|\x1b\[[0-9;]*m")  # in what commands print


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
        return _text_html(data["text/markdown"])
    if "image/png" in data:
        picture = data["image/png"].replace("\n", "")
        return f'<img alt="Output of the cell" src="data:image/png;base64,{picture}">'
    return _text_html(data.get("text/plain", output.get("text", "")))


def _text_html(text: str) -> str:
    return f"<pre><code>{escape(_FOR_TERMINALS.sub('', text))}</code></pre>"
