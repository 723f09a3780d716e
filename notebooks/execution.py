"""Execute the notebooks without a network: `python -m notebooks.execution` stores what they show in them."""

# mypy: allow-untyped-calls
from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

__all__ = ["NOTEBOOKS", "executed"]

HERE = Path(__file__).parent
NOTEBOOKS = sorted(HERE.glob("*.ipynb"))
MAX_SECONDS = 600  # for a cell
COMMAND = '#!/bin/sh\nexec "{python}" -m tuneloom "$@"\n'
NOWHERE = "http://127.0.0.1:9"
PROXIES = ("http_proxy", "https_proxy", "all_proxy")


def executed(path: Path, folder: Path) -> NotebookNode:
    """The notebook with its outputs, run in a folder with the package and the command of this checkout.

    Raises:
        CellExecutionError: a cell failed.
    """
    command = folder / "bin" / "tuneloom"
    command.parent.mkdir()
    command.write_text(COMMAND.format(python=sys.executable))
    command.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{command.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(HERE.parent / ".editable"),
        **dict.fromkeys(PROXIES, NOWHERE),
    }
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=MAX_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        coalesce_streams=True,
    )
    client.execute(env=environment)
    notebook.metadata["language_info"] = {"name": "python"}  # not of the Python that ran it
    return notebook


def main() -> None:
    """Execute those that are named, or all, one after the other, and replace each by what it became."""
    for path in map(Path, sys.argv[1:]) if sys.argv[1:] else NOTEBOOKS:
        with TemporaryDirectory() as folder:
            notebook = executed(path, Path(folder))
        nbformat.write(notebook, path)
        print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
