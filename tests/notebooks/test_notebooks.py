# mypy: allow-untyped-calls
"""The notebooks show what they store, and run from the first cell to the last."""

import re
import sys
from pathlib import Path

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from notebooks.execution import NOTEBOOKS, executed
from tests.house.source_tree import ROOT

MAX_BYTES = 1_500_000
MACHINE = re.compile(r"(?<![\w.])/(home|root|tmp|Users|work|opt|usr|mnt)/")


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)  # type: ignore[no-any-return]


def code_cells(path: Path) -> list[NotebookNode]:
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def outputs(path: Path) -> list[NotebookNode]:
    return [output for cell in code_cells(path) for output in cell.outputs]


def shown_texts(path: Path) -> list[str]:
    """What a reader sees as text, without the data of pictures and sounds."""
    found = []
    for output in outputs(path):
        texts = output.get("data", {"text": output.get("text", "")})
        found += [text for kind, text in texts.items() if not kind.startswith("image/")]
    return [re.sub(r"base64,[\w+/=]*", "", text) for text in found]


def test_there_are_three() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["corpus", "lab", "research"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestStored:
    def test_the_file_is_a_notebook_and_small(self, path: Path) -> None:
        nbformat.validate(read(path))
        assert path.stat().st_size < MAX_BYTES

    def test_every_cell_was_run_in_order_and_without_an_error(self, path: Path) -> None:
        counts = [cell.execution_count for cell in code_cells(path)]
        assert counts == list(range(1, len(counts) + 1))
        assert not any(output.output_type == "error" for output in outputs(path))
        assert not any(output.get("name") == "stderr" for output in outputs(path))

    def test_there_are_a_score_a_sound_and_a_table(self, path: Path) -> None:
        html = "".join(output.get("data", {}).get("text/html", "") for output in outputs(path))
        assert '<img alt="Score of' in html
        assert '<source src="data:audio/' in html
        assert "<table" in html

    def test_nothing_tells_of_the_machine(self, path: Path) -> None:
        places = (str(ROOT), str(Path.home()), sys.prefix)
        for text in shown_texts(path):
            assert not MACHINE.search(text), text[:500]
            assert not any(place in text for place in places)

    def test_the_code_compiles(self, path: Path) -> None:
        for cell in code_cells(path):
            compile(TransformerManager().transform_cell(cell.source), path.name, "exec")

    def test_a_first_cell_installs_where_it_must(self, path: Path) -> None:
        first, second, *_ = code_cells(path)
        assert "%pip install" in first.source
        assert "import tuneloom\n" in second.source


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_without_a_network(path: Path, tmp_path: Path) -> None:
    notebook = executed(path, tmp_path)
    printed = [
        output.text
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text" in output
    ]
    assert not any("Traceback" in text or "error:" in text for text in printed)
