"""docs/curator.md is true: its commands, one after the other, print what it shows."""

import re
import shlex
from pathlib import Path

import pytest

from tuneloom.cli.app import main

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "curator.md"
COMMAND_AND_OUTPUT = re.compile(
    r"^```sh\ntuneloom ([^\n]*)\n```\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


def without_size(text: str) -> str:
    """The text without the size of a page, which each change of a script changes."""
    return re.sub(r"[\d,]+ bytes", "bytes", text)


def test_the_commands_print_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    collection = tmp_path / "collection"
    collection.mkdir()
    for name in ("kesh.abc", "session.abc"):
        (collection / name).write_bytes(HERE.joinpath(name).read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    found = COMMAND_AND_OUTPUT.findall(PAGE.read_text(encoding="utf-8"))
    assert len(found) == 4
    for command, output in found:
        assert main(shlex.split(command)) in (0, 1)
        shown = capsys.readouterr()
        assert without_size(shown.out + shown.err) == without_size(output)
