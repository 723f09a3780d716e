"""How much processor time `tuneloom check` and `format --check` take, start included, beside croma and abcjs.

The files are copies in UTF-8, since croma reads no other charset. croma takes one file at a time, and so
starts for each; abcjs reads all tunes in one process, of which only the parsing counts.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.language.peers import collection_tunes, is_installed, run_abcjs
from tuneloom.corpus.sources.kinds.pinned import corpora_folder
from tuneloom.grammar.source.charset import charset_of

COLLECTIONS = {"nottingham": "nottingham/ABC_original", "taberna": "taberna"}
JOBS = {
    "check --level parseable": ("check", "--quiet", "--level", "parseable"),
    "check": ("check", "--quiet"),
    "format --check": ("format", "--check"),
}
CROMA = {"croma check": ("croma", "check"), "croma fmt --check": ("croma", "fmt", "--check")}
MAX_SECONDS = 60  # of one job


@dataclass(frozen=True, slots=True)
class _Spent:
    """The seconds of processor time that a job took on one core, and those on the clock with all of them."""

    processor: float
    clock: float


def main() -> bool:
    """Print the time of each job; False if one of ours takes more than a minute."""
    corpora = corpora_folder()
    if corpora is None:
        print("TUNELOOM_CORPORA names no folder: nothing to check")
        return True
    slowest = 0.0
    for name, folder in COLLECTIONS.items():
        tunes = len(collection_tunes(name))
        print(f"{name}, {tunes:,} tunes{'':<14}{'CPU s':>8}{'clock s':>9}{'tunes/CPU s':>13}")
        with tempfile.TemporaryDirectory() as copies:
            files = _utf8_copies(corpora / folder, Path(copies))
            for job, arguments in JOBS.items():
                spent = _spent([[sys.executable, "-m", "tuneloom", *arguments, *files]])
                slowest = max(slowest, spent.processor)
                _print_row(job, tunes, spent)
            if is_installed("croma"):
                for job, command in CROMA.items():
                    _print_row(job, tunes, _spent([[*command, file] for file in files]))
        if is_installed("abcjs"):
            texts = [tune.text for tune in collection_tunes(name)]
            seconds = run_abcjs(texts).seconds
            _print_row("abcjs, parsing alone", tunes, _Spent(seconds, seconds))
    return slowest <= MAX_SECONDS


def _utf8_copies(folder: Path, target: Path) -> list[str]:
    copies = []
    for path in sorted(folder.glob("*.abc")):
        data = path.read_bytes()
        copy = target / path.name
        copy.write_bytes(data.decode(charset_of(data)).encode())
        copies.append(str(copy))
    return copies


def _spent(commands: Sequence[Sequence[str]]) -> _Spent:
    """The processor time on one core, and then the time on the clock with all of them."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(commands, min(os.sched_getaffinity(0)))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    start = time.perf_counter()
    _run(commands)
    return _Spent(processor, time.perf_counter() - start)


def _run(commands: Sequence[Sequence[str]], core: int | None = None) -> None:
    bind = None if core is None else partial(os.sched_setaffinity, 0, {core})
    for command in commands:
        done = subprocess.run(command, capture_output=True, check=False, preexec_fn=bind)
        assert b"Traceback" not in done.stderr, done.stderr.decode()


def _print_row(job: str, tunes: int, spent: _Spent) -> None:
    rate = tunes / spent.processor
    print(f"  {job:<32}{spent.processor:>8.2f}{spent.clock:>9.2f}{rate:>13,.0f}")
