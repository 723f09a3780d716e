"""A page of a few tunes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tuneloom.web.inputs import entries_of_files
from tuneloom.web.write import write_page

BOOK = Path(__file__).with_name("book.abc")


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of `book.abc`: sly, unparseable and ordinary tunes."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    write_page(path, "A book", entries_of_files([str(BOOK)]))
    return path
