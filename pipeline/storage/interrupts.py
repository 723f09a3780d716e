"""Keep Ctrl-C a `KeyboardInterrupt`: Beam turns what a transform raises into errors of its own."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

__all__ = ["ignore_interrupts", "keep_interrupts"]

_Handler = Callable[[int, FrameType | None], Any] | int | None


class _Stopped(KeyboardInterrupt):
    """What a signal raises here.

    Where a plain `KeyboardInterrupt` leaves code that `exec` runs, as while a dataclass is made, Python
    ends the process by SIGINT later, though somebody caught it. A subclass is spared.
    """


@contextmanager
def keep_interrupts() -> Iterator[None]:
    """Let the block end with `KeyboardInterrupt` when a person, or the system, asks it to stop.

    Signals arrive in the main thread only; in any other this does nothing.
    """
    interrupted = threading.Event()

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        interrupted.set()
        raise _Stopped

    previous = _install(dict.fromkeys(_stop_signals(), interrupt))
    try:
        yield
    except Exception:
        if interrupted.is_set():
            raise _Stopped from None
        raise
    finally:
        _install(previous)


@contextmanager
def ignore_interrupts() -> Iterator[None]:
    """Let the block run to its end, whoever asks it to stop."""
    previous = _install(dict.fromkeys(_stop_signals(), signal.SIG_IGN))
    try:
        yield
    finally:
        _install(previous)


def _stop_signals() -> list[signal.Signals]:
    """The signals that ask a process to stop."""
    signals = [signal.SIGINT, signal.SIGTERM]
    # Windows has no SIGHUP, and under nohup it is ignored: a closed terminal is then no reason to stop.
    hangup: signal.Signals | None = getattr(signal, "SIGHUP", None)
    if hangup is not None and signal.getsignal(hangup) != signal.SIG_IGN:
        signals.append(hangup)
    return signals


def _install(handlers: Mapping[signal.Signals, _Handler]) -> dict[signal.Signals, _Handler]:
    """Set signal handlers, and return the previous ones."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    return {number: signal.signal(number, handler) for number, handler in handlers.items()}
