import io
import time

import pytest

from tuneloom.pipeline import progress


def test_where_there_is_no_terminal_a_plain_line_comes_now_and_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(progress, "_PLAIN_SECONDS", 0.05)
    stream = io.StringIO()
    with progress.showing(lambda: progress.Progress(12_947, 34, 1_200), stream):
        time.sleep(0.3)
    first, *_ = stream.getvalue().splitlines()
    assert first == "   0 s  12,947 tunes, 34 of 1,200 parts of files"


def test_on_a_terminal_a_bar_is_drawn_and_taken_away() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with progress.showing(lambda: progress.Progress(12_947, 50, 100), stream):
        time.sleep(0.5)
    assert "50 of 100 parts of files" in stream.getvalue()
