"""Readers of the formats that blocks are in, and of the options of commands that are not run."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import click
import mermaidx
import yaml

from tests.docs.blocks import ROOT, Block
from tests.docs.shell import Shell
from tuneloom.cli.commands import COMMANDS
from tuneloom.cli.text.settings import load_check_settings
from tuneloom.grammar import parse
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.project import read_project_table
from tuneloom.pipeline.contract.expectations import read_expectations
from tuneloom.pipeline.options import parse_options

__all__ = ["READERS", "check_call"]

HOOKS = yaml.safe_load(ROOT.joinpath(".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))
# Tunes that are shown because they are wrong: what the grammar says of them.
WRONG_TUNES = {"web.abc": "unexpected-character"}


def check_call(command: str) -> None:
    """Hold a command to the options that there are. Raises what the command would say of a wrong one."""
    for call in re.split(r"&&|\||;", command):
        words = shlex.split(re.sub(r">.*|&\s*$", "", call))
        match words:
            case ["tuneloom", "ingest", *rest] | ["beam", "run", _, *rest]:
                _check_ingestion(rest)
            case ["tuneloom", name, *rest]:
                COMMANDS[name].load(name).make_context(name, rest, resilient_parsing=True)
                _check_options(COMMANDS[name].load(name), rest)
            case ["pip", "install", *packages]:
                extras = PROJECT["project"]["optional-dependencies"]
                named = [extra for p in packages for extra in re.findall(r"tuneloom\[(\w+)\]", p)]
                assert {*named} <= {*extras}
            case ["make", target, *_]:
                subprocess.run(
                    ["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True
                )


def _check_ingestion(options: list[str]) -> None:
    try:
        parse_options(options)
    except UsageError as error:  # in a sentence, an option may be named without its value
        if "expected one argument" not in str(error):
            raise


def _check_options(command: click.Command, words: list[str]) -> None:
    known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known


def _read_tune(block: Block, _: Path) -> None:
    """A tune has the level `parseable`, unless it is shown because it has not."""
    text = re.sub(r"\A% [\w-]+\.abc\n", "", block.text)
    found = [problem.code for problem in parse(text).diagnostics]
    wrong = WRONG_TUNES.get(block.file_name or "")
    assert found == ([wrong] if wrong else [])


def _read_toml(block: Block, folder: Path) -> None:
    """Settings of a project, a data contract, or settings of an editor that start our server."""
    table = tomllib.loads(block.text)
    if "tool" in table:
        (folder / "pyproject.toml").write_text(block.text, encoding="utf-8")
        assert read_project_table(folder)
        load_check_settings(folder)
    elif "rejects" in table:
        (folder / "contract.toml").write_text(block.text, encoding="utf-8")
        read_expectations(folder / "contract.toml")
    else:
        server = table["language-server"]["tuneloom"]
        check_call(shlex.join([server["command"], *server["args"]]))


def _read_yaml(block: Block, folder: Path) -> None:
    """Hooks of pre-commit that there are and run, or a workflow whose steps do."""
    read = yaml.safe_load(block.text)
    shell = Shell(folder, width=80)
    (folder / "tune.abc").write_text("X:1\nT:Air\nM:4/4\nL:1/4\nK:D\nABcd|]\n")
    if "repos" in read:
        entries = {hook["id"]: hook["entry"] for hook in HOOKS}
        for hook in read["repos"][0]["hooks"]:
            shell.run(shlex.join([*entries[hook["id"]].split(), *hook.get("args", []), "tune.abc"]))
        return
    steps = read if isinstance(read, list) else read["jobs"]["check"]["steps"]
    for step in steps:
        command = step.get("run", "pip install")
        check_call(command)
        if command.startswith("tuneloom"):
            shell.run(command)


def _read_json(block: Block, _: Path) -> None:
    clients = json.loads(block.text)["clients"]
    check_call(shlex.join(clients["tuneloom"]["command"]))


def _read_diagram(block: Block, _: Path) -> None:
    assert "<svg" in mermaidx.render(block.text).svg()


def _read_editor_script(program: str, *options: str) -> Callable[[Block, Path], None]:
    """A script that starts our server, and that the editor takes if it is installed."""

    def read(block: Block, folder: Path) -> None:
        words = re.findall(r"""["']([\w.-]+)["']""", block.text)
        assert ("tuneloom", "lsp") in pairwise(words)
        if not shutil.which(program):
            opened, closed = (map(block.text.count, brackets) for brackets in ("([{", ")]}"))
            assert [*opened] == [*closed]
            return
        (folder / "script").write_text(block.text, encoding="utf-8")
        command = [program, *options, str(folder / "script"), "-c", "qa!"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr

    return read


READERS: dict[str, Callable[[Block, Path], None]] = {
    "abc": _read_tune,
    "toml": _read_toml,
    "yaml": _read_yaml,
    "json": _read_json,
    "lua": _read_editor_script("nvim", "--clean", "--headless", "-l"),
    "vim": _read_editor_script("vim", "--clean", "-es", "-S"),
    "lisp": _read_editor_script("emacs", "--quick", "--batch", "--load"),
    "mermaid": _read_diagram,
}
