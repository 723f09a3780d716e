"""How long `tuneloom check` and `tuneloom format --check` take, start-up included."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tuneloom.corpus.sources.kinds.pinned import corpora_folder

RUNS = 5


def main() -> bool:
    """Print the median time of each job; False if one exceeds its limit."""
    corpora = corpora_folder()
    if corpora is None:
        print("TUNELOOM_CORPORA names no folder: nothing to check")
        return True
    nottingham = corpora / "nottingham" / "ABC_original"
    jobs: list[tuple[str, Sequence[str | Path], float, int]] = [
        ("check, one file of 13 tunes", ("check", nottingham / "xmas.abc"), 0.4, RUNS),
        ("check, Nottingham, 1,037 tunes", ("check", nottingham), 2.5, RUNS),
        ("check, Taberna, 9,989 tunes", ("check", corpora / "taberna"), 60, 1),
        ("format --check, Taberna", ("format", "--check", corpora / "taberna"), 60, 1),
    ]
    reached = True
    for name, arguments, allowed, runs in jobs:
        seconds = statistics.median(_command_seconds(arguments) for _ in range(runs))
        print(f"{name:<34}{seconds:>8.2f} s (at most {allowed:g} s)")
        reached &= seconds <= allowed
    return reached


def _command_seconds(arguments: Sequence[str | Path]) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "tuneloom", *map(str, arguments)], capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return time.perf_counter() - start
