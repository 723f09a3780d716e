"""How much processor time the `tuneloom` command takes to start, to check one tune and to format it.

The time is that of the whole process, user and system, as a median. A first run fills the caches, that of
compiled modules among them, even where the environment tells Python not to write it. On a busy machine
the figures are higher, though less so than elapsed time.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

QUICK: list[str] = []
RUNS = 10
MAX_CHECK = 0.15  # seconds
TUNE = "X:1\nT:Air\nM:4/4\nL:1/4\nK:D\nABcd|]\n"


def main() -> bool:
    """Print the seconds of each command; False if `check` takes more than its limit."""
    python = sys.executable
    script = Path(python).with_name("tuneloom")
    commands: dict[str, Sequence[str]] = {
        "python -c pass": (python, "-c", "pass"),
        "tuneloom --version": (python, "-m", "tuneloom", "--version"),
        "tuneloom --help": (python, "-m", "tuneloom", "--help"),
        "tuneloom check": (python, "-m", "tuneloom", "check", "tune.abc"),
        "tuneloom format --check": (python, "-m", "tuneloom", "format", "--check", "tune.abc"),
    }
    if script.is_file():
        commands["tuneloom check (script)"] = (str(script), "check", "tune.abc")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "tune.abc").write_text(TUNE, encoding="utf-8")
        seconds = {name: _cpu_seconds(command, Path(folder)) for name, command in commands.items()}
    for name, spent in seconds.items():
        limit = f" (at most {MAX_CHECK:g} s)" if "check" in name.split() else ""
        print(f"{name:<26}{spent:>7.3f} s{limit}")
    return all(spent <= MAX_CHECK for name, spent in seconds.items() if "check" in name.split())


def _cpu_seconds(command: Sequence[str], folder: Path) -> float:
    """The median of a command's processor time, over RUNS runs in a folder."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(folder / "pycache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    times = [_one_cpu_seconds(command, folder, environment) for _ in range(RUNS + 1)]
    return statistics.median(times[1:])


def _one_cpu_seconds(command: Sequence[str], folder: Path, environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
