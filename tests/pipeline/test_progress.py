import io
import time

import pytest

from pipeline import progress


def test_where_there_is_no_terminal_a_plain_line_comes_now_and_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(progress, "_PLAIN_SECONDS", 0.05)
    stream = io.StringIO()
    with progress.showing(lambda: (1_234, 12_947), stream):
        time.sleep(0.3)
    first, *_ = stream.getvalue().splitlines()
    assert first == "   0 s  1,234 of 12,947 tunes"


def test_on_a_terminal_a_bar_is_drawn_and_taken_away() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with progress.showing(lambda: (50, 100), stream):
        time.sleep(0.5)
    assert "50 of 100 tunes" in stream.getvalue()
