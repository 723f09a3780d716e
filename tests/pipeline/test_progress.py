import io
import time
from types import SimpleNamespace

import pytest

from tuneloom.pipeline.progress import IngestionProgress, show_progress


def test_without_a_terminal_a_line_is_printed_at_intervals() -> None:
    stream = io.StringIO()
    with show_progress(lambda: IngestionProgress(12_947, 34, 1_200), stream, line_seconds=0.05):
        time.sleep(0.3)
    first, *_ = stream.getvalue().splitlines()
    assert first == "   0 s  12,947 tunes, 34 of 1,200 parts of files"


def test_on_a_terminal_a_bar_is_drawn_and_removed() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with show_progress(lambda: IngestionProgress(12_947, 50, 100), stream):
        time.sleep(0.5)
    assert "50 of 100 parts of files" in stream.getvalue()


def test_in_a_notebook_a_line_is_updated(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []
    line = SimpleNamespace(show=lambda text, _: texts.append(text), finish=lambda: None)
    monkeypatch.setattr("tuneloom.pipeline.progress.notebook_line", lambda: line)
    with show_progress(lambda: IngestionProgress(12_947, 50, 100)):
        pass
    assert texts[1:] == ["ingesting: 12,947 tunes judged, 50 of 100 parts of files"]
