"""A folder of tunes for each test, and a way to check them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tuneloom.cli.app import main

BAD = """\
X:1
T:One bar too short, and one tie too many
M:4/4
L:1/4
K:D
ABcd|AB|A-Bcd|]

X:2
T:Not parseable
K:D
AB k c|
"""
GOOD = "X:1\nT:Air\nM:4/4\nL:1/4\nK:D\nABcd|]\n"

Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a test works in, with a file that has findings and one that has none."""
    monkeypatch.chdir(tmp_path)
    Path("bad.abc").write_text(BAD)
    Path("good.abc").write_text(GOOD)
    return tmp_path


@pytest.fixture
def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """`tuneloom check` in that folder: its status, output and errors."""
    assert Path.cwd() == folder

    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["check", *arguments])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return run
