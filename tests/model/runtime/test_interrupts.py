import os
import signal

import pytest

from tuneloom.model.runtime.interrupts import InterruptFlag


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_sets_the_flag_and_the_program_goes_on(number: int) -> None:
    with InterruptFlag() as interrupt:
        assert not interrupt.is_set
        os.kill(os.getpid(), number)
        assert interrupt.is_set


def test_a_second_signal_interrupts_at_once() -> None:
    with InterruptFlag():
        os.kill(os.getpid(), signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


def test_the_previous_handlers_are_restored() -> None:
    before = signal.getsignal(signal.SIGINT)
    with InterruptFlag():
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before
