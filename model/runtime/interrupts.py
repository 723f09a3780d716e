"""Ctrl-C and SIGTERM, recorded so that a loop can stop between two steps and save its work."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

__all__ = ["InterruptFlag"]

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class InterruptFlag:
    """A context manager in which the first signal sets `is_set` and a second one raises at once.

    Python delivers signals to the main thread only, so in any other thread this does nothing.
    """

    def __init__(self) -> None:
        self.is_set = False
        self._previous: list[Any] = []

    def __enter__(self) -> InterruptFlag:
        if threading.current_thread() is threading.main_thread():
            self._previous = [signal.signal(number, self._handle) for number in _SIGNALS]
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in zip(_SIGNALS, self._previous, strict=False):
            signal.signal(number, handler)

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        if self.is_set:
            raise KeyboardInterrupt
        self.is_set = True
