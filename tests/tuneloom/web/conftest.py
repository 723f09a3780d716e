"""A browser, and a page of a few tunes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.skipping import skip_without
from tuneloom.web.inputs import entries_of_files
from tuneloom.web.write import write_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BOOK = Path(__file__).with_name("book.abc")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it a test that asks for it is skipped, and fails in CI."""
    from tests.support.chromium import start_chromium

    with skip_without("a browser"), start_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of `book.abc`: sly, unparseable and ordinary tunes."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    write_page(path, "A book", entries_of_files([str(BOOK)]))
    return path
