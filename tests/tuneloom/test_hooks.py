"""The hooks for pre-commit call commands that exist, on the files that are theirs."""

import re
from pathlib import Path

from tuneloom.cli.app import main

ROOT = Path(__file__).parents[2]
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")


def test_each_hook_runs_an_existing_command_on_abc_files(tmp_path: Path) -> None:
    entries = re.findall(r"^  entry: tuneloom (.+)$", HOOKS, re.MULTILINE)
    assert entries == ["check", "format --write"]
    assert re.findall(r"^  files: (.+)$", HOOKS, re.MULTILINE) == [r"\.abc$"] * 2
    tune = tmp_path / "tune.abc"
    tune.write_text("X:1\nT:Air\nM:4/4\nL:1/4\nK:D\nABcd|]\n")
    for entry in entries:
        assert main([*entry.split(), str(tune)]) == 0


def test_the_page_names_hooks_and_options_that_exist(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
    ids = re.findall(r"^ +- id: (.+)$", page, re.MULTILINE)
    assert sorted(ids) == sorted(re.findall(r"^- id: (.+)$", HOOKS, re.MULTILINE))
    runs = re.findall(r"^ +- run: tuneloom ([^>\n]+?)(?: > .+)?$", page, re.MULTILINE)
    assert len(runs) == 2
    (tmp_path / "tune.abc").write_text("X:1\nT:Air\nM:4/4\nL:1/4\nK:D\nABcd|]\n")
    for run in runs:
        assert main([str(tmp_path) if word == "." else word for word in run.split()]) == 0
