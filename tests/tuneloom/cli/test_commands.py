"""The help and the completion of every command."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tuneloom.cli.app import main
from tuneloom.cli.commands import COMMANDS

# Its help is that of the pipeline.
OURS = [name for name in COMMANDS if name != "ingest"]
# What these commands ask for before they look at paths.
ALSO_ASKED_FOR = {
    "export": ["--to", "csv"],
    "export-network": ["--to", "onnx"],
    "layout": ["--bars-per-line", "4"],
    "transpose": ["--semitones", "2"],
}


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_help_lists_every_command_with_its_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-h"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(COMMANDS) == 35
    for name, entry in COMMANDS.items():
        assert f"  {name:<14}  {entry.summary}" in lines


@pytest.mark.parametrize("name", COMMANDS)
def test_the_summary_of_a_command_is_the_first_line_of_its_help(name: str) -> None:
    entry = COMMANDS[name]
    command = entry.load(name)
    assert command.name == name
    assert (command.help or "").startswith(entry.summary)


@pytest.mark.parametrize("name", OURS)
def test_help_fits_80_columns_and_ends_with_examples(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    examples = lines[lines.index("Examples:") + 1 :]
    assert examples
    assert all(f"tuneloom {name}" in example for example in examples)


@pytest.mark.parametrize("name", OURS)
def test_every_parameter_has_a_help_sentence(name: str) -> None:
    for parameter in COMMANDS[name].load(name).params:
        text = getattr(parameter, "help", None)
        assert text, f"{name}: {parameter.name} has no help"
        assert text.endswith(".")


@pytest.mark.parametrize("name", OURS)
def test_output_has_a_short_option(name: str) -> None:
    for parameter in COMMANDS[name].load(name).params:
        assert ("--output" in parameter.opts) == ("-o" in parameter.opts)


@pytest.mark.parametrize("name", OURS)
def test_a_path_without_a_name_is_not_the_working_directory(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    given = [*ALSO_ASKED_FOR.get(name, [])]
    for parameter in COMMANDS[name].load(name).params:
        if isinstance(parameter.type, click.Path):
            given += [*parameter.opts[:1], ""] if isinstance(parameter, click.Option) else [""]
    if "" in given:
        assert main([name, *given]) == 2
        assert "empty" in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]


def test_help_of_all_imports_no_command() -> None:
    script = (
        "import sys; from tuneloom.cli.app import main; main(['--help']);"
        "print([m for m in sys.modules if m.startswith('tuneloom.cli.')], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stderr == "['tuneloom.cli.commands', 'tuneloom.cli.status', 'tuneloom.cli.app']\n"


def test_the_page_on_installing_says_what_each_command_needs() -> None:
    page = Path(__file__).parents[3] / "docs" / "installing.md"
    rows = re.findall(
        r"^\| `tuneloom(?:\[(\w+)\])?` \| (.*?) \|", page.read_text("utf-8"), re.MULTILINE
    )
    named = {name: extra for extra, cell in rows for name in re.findall("`([a-z-]+)`", cell)}
    assert named == {name: entry.extra for name, entry in COMMANDS.items()}
