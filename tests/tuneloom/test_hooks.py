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
