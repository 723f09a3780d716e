"""Hide packages from what is being imported, which then does without them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["hide_packages"]


@contextmanager
def hide_packages(*names: str) -> Iterator[None]:
    """Let imports of these packages fail inside the block, as if they were not installed.

    Packages that have been imported before stay, and after the block each can be imported.
    """
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
