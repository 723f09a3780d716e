"""How long `tuneloom score` takes for 10,000 tunes, with and without a data set to compare them with.

A third of the tunes are training tunes of `data/mixed`, a third combine lines of music of several tunes
with the same header, and a third have one character changed. Arguments: the number of tunes and DIR. The
times are those of the whole command, start-up included, with the CPU seconds on all cores.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.support.data_sets import mixed_data_set
from tuneloom.grammar.source.segments import split_header
from tuneloom.pipeline.dataset.reader import read_records

TUNES = 10_000
MAX_SECONDS = {"without a data set": 15, "against the data set": 60}  # for 10,000 tunes


def main(arguments: list[str]) -> bool:
    count = int(arguments[0]) if arguments else TUNES
    data = Path(arguments[1]) if arguments[1:] else mixed_data_set()
    training = [record.abc for record in read_records(data, "train")]
    reached = True
    with TemporaryDirectory() as folder:
        path = Path(folder, "tunes.abc")
        path.write_text(_tunebook_text(list(_varied(training, count))), encoding="utf-8")
        print(f"{count:,} tunes, {len(training):,} training tunes, {os.cpu_count()} cores")
        for name, options in zip(MAX_SECONDS, ([], ["--against", str(data)]), strict=True):
            wall, cpu = _score_seconds([str(path), *options])
            print(f"{name:<22} {wall:6.1f} s, {cpu:6.1f} CPU s   at most {MAX_SECONDS[name]} s")
            reached = reached and wall <= MAX_SECONDS[name]
    return reached


def _varied(training: Sequence[str], count: int) -> Iterator[str]:
    generator = random.Random(1)
    headed: defaultdict[str, list[list[str]]] = defaultdict(list)
    for text in training:
        head, body = _header_and_lines(text)
        headed[head].append(body)
    for number in range(count):
        text = generator.choice(training)
        head, body = _header_and_lines(text)
        if number % 3 == 1:
            text = head + "\n".join(generator.choice(generator.choice(headed[head])) for _ in body)
        elif number % 3 == 2:
            at = generator.randrange(len(head), len(text))
            text = text[:at] + generator.choice("ABcd|2/") + text[at + 1 :]
        yield text.rstrip("\n") + "\n"


def _header_and_lines(text: str) -> tuple[str, list[str]]:
    """The header up to its K: line, and the lines of music."""
    header, body = split_header(text)
    return header, body.splitlines() or [""]


def _tunebook_text(texts: Sequence[str]) -> str:
    draws = (
        f"%%tuneloom draw {number}\nX:{number}\nT:Tune {number}\n{text}"
        for number, text in enumerate(texts, start=1)
    )
    return "\n".join([f"%%tuneloom draws {len(texts)}\n", *draws])


def _score_seconds(arguments: list[str]) -> tuple[float, float]:
    """Wall-clock seconds, and CPU seconds, which other work on the machine affects less."""
    start, before = time.perf_counter(), os.times()
    command = [sys.executable, "-m", "tuneloom", "score", "--output-format", "json", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user + after.children_system
    return time.perf_counter() - start, used - before.children_user - before.children_system
