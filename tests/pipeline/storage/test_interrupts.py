import os
import signal

import pytest

from tuneloom.pipeline.storage.interrupts import ignore_interrupts, keep_interrupts


def test_an_error_that_follows_an_interrupt_is_an_interrupt() -> None:
    def work() -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt as interrupt:  # as Beam does
            raise RuntimeError("a step failed") from interrupt

    with pytest.raises(KeyboardInterrupt), keep_interrupts():
        work()


def test_an_ignored_interrupt_does_nothing_and_handlers_come_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with ignore_interrupts():
        os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) == before


def test_a_system_without_sighup_has_the_other_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows."""
    monkeypatch.delattr(signal, "SIGHUP")
    with keep_interrupts():
        assert callable(signal.getsignal(signal.SIGTERM))
