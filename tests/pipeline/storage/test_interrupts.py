import os
import signal
import subprocess
import sys
from pathlib import Path

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


def test_a_caught_interrupt_leaves_the_exit_status_to_the_command(tmp_path: Path) -> None:
    """Even one that comes while `exec` runs a string, as it may while a dataclass is made."""
    source = """
import os, signal, sys
from tuneloom.pipeline.storage.interrupts import keep_interrupts
try:
    with keep_interrupts():
        exec("os.kill(os.getpid(), signal.SIGINT)")
except KeyboardInterrupt:
    sys.exit(130)
"""
    (tmp_path / "interrupted.py").write_text(source)
    run = subprocess.run([sys.executable, "-m", "interrupted"], cwd=tmp_path, timeout=60)
    assert run.returncode == 130
