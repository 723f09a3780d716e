"""docs/book.md is true: its commands print what it shows."""

import re
import shlex
from pathlib import Path

import pytest

from tuneloom.cli.app import main

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "book.md"
COMMAND_AND_OUTPUT = re.compile(
    r"^```sh\ntuneloom ([^\n]*session\.abc[^\n]*)\n```\n```text\n(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def test_the_commands_print_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("session.abc", "guests.abc"):
        tmp_path.joinpath(name).write_bytes(HERE.joinpath(name).read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    found = COMMAND_AND_OUTPUT.findall(PAGE.read_text(encoding="utf-8"))
    assert len(found) == 5
    for command, output in found:
        assert main(shlex.split(command)) in (0, 1)
        shown = capsys.readouterr()
        assert shown.out + shown.err == output
