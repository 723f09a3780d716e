"""Kills commands at random moments, and runs each again: nothing may be lost, half done or left over.

`kill -9` comes between the start of the command and the time that it takes undisturbed. Ingestion, rewriting
and the page are processes of their own, and training is forked (`training_kills`).
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.steady.books import book_to_train_on
from tuneloom.pipeline.dataset.files import RUN

__all__ = ["KILLED_COMMANDS", "KilledCommand", "kill_often"]

QUICK = ["--count", "2", "ingest", "format", "page"]

_TUNE = "X: {n}\nT:Tune {n}\nM:4/4\nL:1/8\nK:D major\n" + "A1Bcd e{n}fga | " * 16 + "\n\n"
_BOOK = "".join(_TUNE.replace("{n}", str(n)) for n in range(1, 60)).encode()
_ROOT = Path(__file__).parents[2]
_TRAIN = "train"


@dataclass(frozen=True, slots=True)
class KilledCommand:
    """A command, and the file or directory that it makes or rewrites."""

    arguments: Sequence[str]
    output: str


KILLED_COMMANDS: Mapping[str, KilledCommand] = {
    "ingest": KilledCommand(["ingest", "--input", "book.abc", "-o", "set", "--overwrite"], "set"),
    "format": KilledCommand(["format", "--write", "other.abc"], "other.abc"),
    "page": KilledCommand(["page", "book.abc", "-o", "page.html", "--overwrite"], "page.html"),
}


def main(arguments: list[str]) -> bool:
    """Kill each command `--count` times; False if anything was lost, half done or left over."""
    parser = argparse.ArgumentParser(prog="benchmarks kills")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("names", nargs="*", default=[*KILLED_COMMANDS, _TRAIN])
    options = parser.parse_args(arguments)
    randomly = random.Random(options.seed)
    failures = 0
    for name in options.names:
        with tempfile.TemporaryDirectory() as folder:
            kill = _kill_training if name == _TRAIN else partial(kill_often, KILLED_COMMANDS[name])
            killed, problems = kill(Path(folder), options.count, randomly)
        failures += len(problems)
        print(f"{name}: killed {killed} of {options.count} times, {len(problems)} failures")
        for problem in problems:
            print(f"  {problem}")
    return not failures


def _kill_training(folder: Path, count: int, randomly: random.Random) -> tuple[int, list[str]]:
    (folder / "book.abc").write_text(book_to_train_on())
    _start(KILLED_COMMANDS["ingest"], folder).wait()
    from benchmarks.steady.training_kills import kill_training_often

    return kill_training_often(folder / "set", folder, count, randomly)


def kill_often(
    command: KilledCommand, folder: Path, count: int, randomly: random.Random
) -> tuple[int, list[str]]:
    """How often a command was killed before its end, and what was wrong afterwards."""
    for name in ("book.abc", "other.abc"):
        (folder / name).write_bytes(_BOOK)
    start = time.monotonic()
    _start(command, folder).wait()
    seconds = time.monotonic() - start
    complete = _bytes_of(folder / command.output)
    names = _names_in(folder)
    # A command that rewrites finds what it had found at first, and one that makes something what it had made.
    first = _bytes_of(folder / command.output)
    if command.output == "other.abc":
        first = {"": _BOOK}
    killed, problems = 0, []
    for number in range(count):
        _put(folder / command.output, first)
        process = _start(command, folder)
        time.sleep(randomly.uniform(0, 1.1 * seconds))
        process.kill()
        killed += process.wait() < 0
        problems += _problems_after_kill(folder, command, first, complete, f"kill {number + 1}")
        status = _start(command, folder).wait()
        if status or _bytes_of(folder / command.output) != complete:
            problems.append(
                f"kill {number + 1}: the next run ends with {status}, or gives other bytes"
            )
        if left := _names_in(folder) - names:
            problems.append(f"kill {number + 1}: {sorted(left)} left over")
    return killed, problems


def _problems_after_kill(
    folder: Path,
    command: KilledCommand,
    first: Mapping[str, bytes],
    complete: Mapping[str, bytes],
    when: str,
) -> list[str]:
    """Whether what was there is neither whole as it was nor whole as it should be, or an input changed."""
    problems = []
    now = _bytes_of(folder / command.output)
    if now and now not in (first, complete):
        problems.append(f"{when}: {command.output} looks finished and is not")
    if not now and not list(folder.glob(f".{command.output}*.partial/old")):
        problems.append(f"{when}: {command.output} is lost")
    if (folder / "book.abc").read_bytes() != _BOOK:
        problems.append(f"{when}: the input changed")
    return problems


def _start(command: KilledCommand, folder: Path) -> subprocess.Popen[bytes]:
    code = f"import sys; sys.path.insert(0, {str(_ROOT)!r})\n"
    code += "from tuneloom.cli.app import main; sys.exit(main())"
    return subprocess.Popen(
        [sys.executable, "-c", code, *command.arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _bytes_of(path: Path) -> dict[str, bytes]:
    """The files of a directory, or the file alone; not what a run says of itself."""
    if path.is_file():
        return {"": path.read_bytes()}
    return {each.name: each.read_bytes() for each in path.glob("*") if each.name != RUN}


def _names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _put(path: Path, content: Mapping[str, bytes]) -> None:
    """Put a file back, and leave a directory, which a command has just made whole."""
    if "" in content:
        path.write_bytes(content[""])
