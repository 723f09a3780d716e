"""A line of progress in a notebook, updated in place: it needs no widgets, and the notebook keeps it."""

from __future__ import annotations

import sys
import time
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.display import DisplayHandle

__all__ = ["NotebookLine", "notebook_line"]

_SECONDS = 0.2  # between two updates, each of which is a message to the browser


class NotebookLine:
    """A bar and a text below the cell that runs, there once something is shown."""

    def __init__(self) -> None:
        self._text, self._share, self._due = "", 0.0, 0.0
        self._handle: DisplayHandle | None = None

    def show(self, text: str, share: float) -> None:
        """Set the text, and the share of the bar that is filled, from 0 to 1."""
        self._text, self._share = text, share
        if time.monotonic() >= self._due:
            self.finish()

    def finish(self) -> None:
        """Show what was set last."""
        from IPython.display import display

        self._due = time.monotonic() + _SECONDS
        if self._handle:
            self._handle.update(self._content(), raw=True)  # type: ignore[no-untyped-call]
        elif self._text:
            self._handle = display(self._content(), raw=True, display_id=True)  # type: ignore[no-untyped-call]

    def _content(self) -> dict[str, str]:
        style = "width:12em;vertical-align:middle"
        bar = f'<progress max="1" value="{self._share:.3f}" style="{style}"></progress>'
        return {"text/plain": self._text, "text/html": f"{bar} {escape(self._text)}"}


def notebook_line() -> NotebookLine | None:
    """A new line; None outside of notebooks."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return NotebookLine() if hasattr(shell, "kernel") else None
