from types import SimpleNamespace
from typing import Any

import IPython
import IPython.display
import pytest

from tuneloom.grammar.notebook_line import NotebookLine, notebook_line


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What a notebook shows, one state of the line after the other."""
    states: list[dict[str, str]] = []

    def display(content: dict[str, str], **_: Any) -> SimpleNamespace:
        states.append(content)
        return SimpleNamespace(update=lambda content, **_: states.append(content))

    monkeypatch.setattr(IPython.display, "display", display)
    return states


def test_there_is_a_line_in_a_notebook_only(
    shown: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert notebook_line() is None
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace())  # a terminal
    assert notebook_line() is None
    monkeypatch.setattr(IPython, "get_ipython", lambda: SimpleNamespace(kernel=None))
    line = notebook_line()
    assert line
    assert not shown
    line.show("1 of 2", 0.5)
    assert len(shown) == 1


def test_the_line_is_updated_now_and_then_and_keeps_what_was_last(
    shown: list[dict[str, str]],
) -> None:
    line = NotebookLine()
    for count in range(1_000):
        line.show(f"<{count}>", count / 1_000)
    line.finish()
    assert len(shown) < 20
    assert shown[-1]["text/plain"] == "<999>"
    assert shown[-1]["text/html"].startswith('<progress max="1" value="0.999"')
    assert shown[-1]["text/html"].endswith("</progress> &lt;999&gt;")
