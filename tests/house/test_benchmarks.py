"""The command that runs the benchmarks finds them all, and the pages name none that is not there."""

import re
import subprocess
import sys

from tests.house.source_tree import ROOT

COMMAND = re.compile(r"python -m benchmarks (\w+)")


def test_every_benchmark_that_a_page_names_is_listed() -> None:
    command = [sys.executable, "-m", "benchmarks", "--list"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    listed = {line.split()[0] for line in done.stdout.splitlines()}
    assert len(listed) == 51
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    named = {name for page in pages for name in COMMAND.findall(page.read_text(encoding="utf-8"))}
    assert len(named) > 10
    assert named <= listed


def test_an_unknown_benchmark_prints_the_list_with_status_2() -> None:
    command = [sys.executable, "-m", "benchmarks", "nonesuch"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "\nspeed " in done.stdout
