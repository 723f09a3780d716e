"""What the pages show of checking and formatting is what the commands print."""

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from tuneloom.cli.app import main

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
CHECKING = ROOT / "docs" / "checking.md"
PERFORMANCE = ROOT / "docs" / "performance.md"
PLAYBACK = ROOT / "docs" / "playback.md"
TUNES = Path(__file__).with_name("kesh.abc").read_text(encoding="utf-8")

PYTHON_AND_OUTPUT = re.compile(
    r"^```python\n(.*?)^```\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
COMMAND_AND_OUTPUT = re.compile(
    r"^```sh\ntuneloom ([^\n]+ kesh\.abc)\n```\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
TWO_TUNES = """\
X:1
T:The Kesh
M:6/8
K:G
G3 GAB|A3 ABd|edd gdd|edB dBA:|

X:2
T:Drowsy Maggie
M:4/4
L:1/8
K:Edor
EBBA B2 EB|B2 AB defg|~g2 bg efge|dBAd FAkD|
"""


@pytest.mark.parametrize(
    "page", [README, CHECKING, PERFORMANCE, PLAYBACK], ids=lambda page: page.stem
)
def test_the_python_example_prints_what_the_page_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.joinpath("tunes.abc").write_text(TWO_TUNES)
    monkeypatch.chdir(tmp_path)
    [code, output], *_ = PYTHON_AND_OUTPUT.findall(page.read_text(encoding="utf-8"))
    printed = StringIO()
    with redirect_stdout(printed):
        exec(compile(code, page.name, "exec"), {})
    assert printed.getvalue() == output


@pytest.mark.parametrize(
    ("page", "count"), [(README, 1), (CHECKING, 2)], ids=lambda value: getattr(value, "stem", "")
)
def test_a_command_prints_what_the_page_shows(
    page: Path,
    count: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tmp_path.joinpath("kesh.abc").write_text(TUNES)
    monkeypatch.chdir(tmp_path)
    shown = COMMAND_AND_OUTPUT.findall(page.read_text(encoding="utf-8"))
    assert len(shown) == count
    for arguments, output in shown:
        assert main(arguments.split()) == 1
        printed = capsys.readouterr()
        assert output in (printed.out, printed.out + printed.err)
