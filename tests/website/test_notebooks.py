# mypy: allow-untyped-calls
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from website.notebooks import notebook_markdown


def test_a_notebook_is_its_text_its_code_and_what_is_stored(tmp_path: Path) -> None:
    data = [
        {"text/html": '<b border="1" class="dataframe">1\n\n2</b><style>b\n{}</style>'},
        {"image/png": "iVBO\nRw=="},
    ]
    shown = [new_output("display_data", each) for each in data]
    printed = new_output("stream", name="stdout", text="\x1b[1ma\x1b[0m < b\r\n\n")
    cells = [new_markdown_cell("# Title"), new_code_cell("x = 1\nx", outputs=[*shown, printed])]
    path = tmp_path / "a.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    picture = '<div><img alt="Output of the cell" src="data:image/png;base64,iVBORw=="></div>'
    assert notebook_markdown(path) == (
        "# Title\n\n````python\nx = 1\nx\n````\n\n<div><b>1&#10;&#10;2</b></div>\n\n"
        f"{picture}\n\n<div><pre><code>a &lt; b&#10;&#10;</code></pre></div>\n"
    )
