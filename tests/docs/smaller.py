"""Commands that take long, in the smaller form in which they are run here.

A network of 32 units learns the made-up jigs of `made_up_jigs` within seconds, so what is drawn from it is
mostly parseable, as in the pages. What such a command prints is compared without its figures.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from tests.docs.blocks import ROOT

__all__ = ["JIGS", "expanded", "made_smaller", "made_up_jigs"]

JIGS = "jigs-made-up.abc"
TINY = "--units 32 --batch-size 16 --learning-rate 0.02 --set warmup=5 --set dropout=0 --patience 0"


@dataclass(frozen=True, slots=True)
class SmallerForm:
    """Which commands are made smaller, and how."""

    commands: str  # a pattern
    change: Callable[[str], str]
    what: str


def _sources(command: str) -> str:
    if re.search(r" --input | --source (?!nottingham|folk)", command):
        return command
    output = "data/nottingham-xmas" if "nottingham/xmas" in command else "data/folk"
    command = re.sub(r" --source \S+", "", command)
    command += "" if "--output" in command else f" --output {output}"
    return f"{command} --input {JIGS}"


def _training(command: str) -> str:
    command = re.sub(r" --(minutes|seed) \S+", "", command)
    command = re.sub(r" --units \d+", " --units 32", command)
    own_sizes = re.search(r"--(from|config|units)\b", command)
    return f"{command} --steps 2" if own_sizes else f"{command} --steps 250 {TINY}"


def _draws(command: str) -> str:
    command = command.replace(" -o ", " --output ")
    return re.sub(r"-n (\d+)", lambda found: f"-n {min(int(found[1]), 20)}", command)


FORMS = (
    SmallerForm(r"(tuneloom ingest|beam run)\b", _sources, "400 made-up jigs for a collection"),
    SmallerForm(
        r"tuneloom train .*--run", _training, "250 steps of 32 units for minutes, of one seed"
    ),
    SmallerForm(r"tuneloom generate\b", _draws, "20 tunes for hundreds"),
    SmallerForm(
        r"python -m benchmarks book", lambda call: f"{call} fife", "one collection for five"
    ),
    SmallerForm(
        r"python -m benchmarks copies",
        lambda call: f"{call} 20 data/folk",
        "20 jigs for 300 tunes of a larger data set",
    ),
    SmallerForm(r"tuneloom report\b", lambda command: f"{command} -n 5", "5 tunes of each run"),
)


def made_smaller(command: str) -> str:
    """The smaller form of a command that has one."""
    for form in FORMS:
        if re.match(form.commands, command):
            return form.change(command)
    return command


def expanded(command: str) -> list[str]:
    """The commands that `make` calls, as it shows them; any other command is itself."""
    if not command.startswith("make run"):
        return [command]
    planned = subprocess.run(
        ["make", "--dry-run", *command.split()[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    ours = re.findall(r"^\.venv/bin/(?:beam|tuneloom) .+$", planned.stdout, re.MULTILINE)
    assert len(ours) > 2
    return ours


def made_up_jigs(count: int = 400) -> str:
    """A book of jigs of four bars, so alike that a small network learns at once how they go.

    Every twentieth is of bars that jigs have, so that the network knows their characters.
    """
    drawn = random.Random(1)
    groups = ("DEF", "D2E", "FED", "F2A", "AFD", "A2F", "E2F", "EFE")
    bars = (
        "G3 GAB",
        "A3 ABd",
        "edd gdd",
        "edB dBA",
        "ABA ABd",
        "AGF G3",
        "G3- G3",
        "B2B d2d",
        "ege dBA",
    )

    def jig(number: int) -> str:
        usual = [f"{drawn.choice(groups)} {drawn.choice(groups)}" for _ in range(4)]
        body, key = (usual, "D") if number % 20 else (drawn.sample(bars, 4), "G")
        rhythm = "R:jig\n" if number % 2 else ""
        return f"X:{number}\nT:Jig {number}\n{rhythm}M:6/8\nL:1/8\nK:{key}\n|:{'|'.join(body)}:|\n"

    return "\n".join(map(jig, range(1, count + 1)))
