"""A browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.skipping import skip_without

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it a test that asks for it is skipped, and fails in CI."""
    from tests.support.chromium import start_chromium

    with skip_without("a browser"), start_chromium() as browser:
        yield browser
