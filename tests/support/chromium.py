"""Pages in headless Chromium, with the network off."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tuneloom.grammar.errors import UsageError

__all__ = ["OpenPage", "open_page", "start_chromium"]

_NAMES = ("chromium", "chromium-browser", "google-chrome")

_PATIENCE = 10_000  # milliseconds that a page is waited for


@dataclass(slots=True)
class OpenPage:
    """A page, what it printed as an error, and what it asked for besides itself."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def evaluate(self, script: str, argument: object = None) -> Any:
        """The value of an expression, or of a function that is given the argument, in the page."""
        return self.page.evaluate(script, argument)


@contextmanager
def start_chromium() -> Iterator[Browser]:
    """The Chromium of this machine.

    Raises:
        UsageError: there is none.
    """
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        raise UsageError("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def open_page(
    browser: Browser, path: Path, script: str = "", **settings: Any
) -> Iterator[OpenPage]:
    """Open a file in a window of its own; `script` runs before those of the page."""
    context = browser.new_context(offline=True, **settings)
    if script:
        context.add_init_script(script)
    context.set_default_timeout(_PATIENCE)
    opened = OpenPage(context.new_page())
    opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.page.on(
        "console", lambda told: opened.errors.append(told.text) if told.type == "error" else None
    )
    opened.page.on("request", lambda request: opened.requests.append(request.url))
    opened.page.goto(path.as_uri())
    opened.requests[:] = [url for url in opened.requests if url != path.as_uri()]
    yield opened
    context.close()
