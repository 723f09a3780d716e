"""Ctrl-C that stays Ctrl-C: Beam makes an error of its own of what a transform raises."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

__all__ = ["ignoring_interrupts", "keeping_interrupts"]

_Handler = Callable[[int, FrameType | None], Any] | int | None


@contextmanager
def keeping_interrupts() -> Iterator[None]:
    """Let the block end with `KeyboardInterrupt` when a person, or the system, asks it to stop.

    Without effect outside the main thread, where no signal arrives.
    """
    asked = threading.Event()

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        asked.set()
        raise KeyboardInterrupt

    before = _install(dict.fromkeys(_asking(), interrupt))
    try:
        yield
    except Exception:
        if asked.is_set():
            raise KeyboardInterrupt from None
        raise
    finally:
        _install(before)


@contextmanager
def ignoring_interrupts() -> Iterator[None]:
    """Let the block go on to its end, whoever asks it to stop."""
    before = _install(dict.fromkeys(_asking(), signal.SIG_IGN))
    try:
        yield
    finally:
        _install(before)


def _asking() -> list[signal.Signals]:
    """The signals that ask to stop; a terminal that closes is no reason under `nohup`."""
    asking = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        asking.append(signal.SIGHUP)
    return asking


def _install(handlers: Mapping[signal.Signals, _Handler]) -> dict[signal.Signals, _Handler]:
    """Set signal handlers, and return those that stood before."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    return {number: signal.signal(number, handler) for number, handler in handlers.items()}
