"""Time, memory and bytes shuffled when ingesting 10,000 to 1,000,000 tunes on two worker processes.

The tunes are real ones, transposed and with some notes changed, so that all melodies differ and families are
as large as among real tunes. Memory is that of the driver and its workers, with shared pages counted once
(PSS). Arguments: the numbers of tunes. Needs Linux.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from benchmarks.support.synthetic_tunes import write_tunebooks

COUNTS = (10_000, 30_000, 100_000, 300_000, 1_000_000)
QUICK = ["1000"]
BASE = 100_000  # tunes in the row that the others are compared with
MAX_SLOWDOWN = 1.1
MAX_GIB = 4.0
WORKERS = 2
SAMPLING_SECONDS = 0.25
SHUFFLE = re.compile(r"AppliedPTransform_(.+)_\d+$")


class ScaleRun(NamedTuple):
    """One ingestion: its peak memory in bytes, and the bytes that went through each shuffle."""

    tunes: int
    seconds: float
    peak: int
    shuffled: dict[str, int]


def main(arguments: list[str]) -> bool:
    counts = sorted(map(int, arguments)) or COUNTS
    folder = Path(tempfile.mkdtemp(prefix="tuneloom-"))
    runs: list[ScaleRun] = []
    try:
        print("    tunes   seconds  ms/tune  times  peak GiB  KiB/tune  bytes shuffled/tune")
        for number in counts:
            runs.append(_ingest_and_measure(folder, number))
            _print_run(runs[-1], next((run for run in runs if run.tunes == BASE), None))
    finally:
        shutil.rmtree(folder)
    base = next((run for run in runs if run.tunes == BASE), runs[-1])
    return runs[-1].peak <= MAX_GIB * 2**30 and _slowdown(runs[-1], base) <= MAX_SLOWDOWN


def _ingest_and_measure(folder: Path, number: int) -> ScaleRun:
    """Ingest synthetic tunes in a separate process while watching its memory."""
    books, output, shuffled = folder / "books", folder / "set", folder / "shuffled.json"
    write_tunebooks(books, number)
    function = ingest_counting_shuffles.__name__
    code = f"import sys; from {__name__} import {function}; sys.exit({function}(*sys.argv[1:]))"
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(books), str(output), str(shuffled)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_memory_of, _process_tree(process.pid))))
        time.sleep(SAMPLING_SECONDS)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "ingest")
    shutil.rmtree(books)
    shutil.rmtree(output)
    return ScaleRun(number, seconds, peak, json.loads(shuffled.read_bytes()))


def ingest_counting_shuffles(books: str, output: str, shuffled: str) -> int:
    """Run an ingestion and write to `shuffled` how many bytes Beam groups by key in each shuffle."""
    from apache_beam.runners.portability.fn_api_runner import execution

    from tuneloom.pipeline.run import main as run

    sizes: Counter[str] = Counter()
    get_buffer = execution.BundleContextManager.get_buffer
    append = execution.GroupingBuffer.append

    def named(manager: Any, buffer_id: bytes, transform_id: str) -> Any:
        buffer: Any = get_buffer(manager, buffer_id, transform_id)
        found = SHUFFLE.search(buffer_id.decode())
        buffer.name = found[1].replace("-", " ") if found else buffer_id.decode()
        return buffer

    def counted(buffer: Any, data: bytes) -> None:
        sizes[buffer.name] += len(data)
        append(buffer, data)

    with (
        patch.object(execution.BundleContextManager, "get_buffer", named),
        patch.object(execution.GroupingBuffer, "append", counted),
    ):
        status = run(["--input", books, "--output", output, "--workers", str(WORKERS)])
    Path(shuffled).write_text(json.dumps(sizes))
    return status


def _process_tree(process: int) -> Iterator[int]:
    """A process and its descendants, whichever of its threads started them."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found = children.read_text().split()
        except OSError:  # the thread has ended
            continue
        for child in found:
            yield from _process_tree(int(child))


def _memory_of(process: int) -> int:
    """The bytes of a process in memory; pages that several processes share are divided among them."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:  # the process has ended
        return 0
    found = re.search(r"^Pss: +(\d+) kB$", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _slowdown(run: ScaleRun, base: ScaleRun) -> float:
    return (run.seconds / run.tunes) / (base.seconds / base.tunes)


def _print_run(run: ScaleRun, base: ScaleRun | None) -> None:
    times = f"{_slowdown(run, base):.2f}" if base else "-"
    sizes = {name: size / run.tunes for name, size in run.shuffled.items()}
    print(
        f"{run.tunes:9,} {run.seconds:9.1f} {1000 * run.seconds / run.tunes:8.2f} {times:>6}"
        f" {run.peak / 2**30:10.2f} {run.peak / 1024 / run.tunes:9.2f}  "
        + ", ".join(f"{name} {size:.1f}" for name, size in sizes.items()),
        flush=True,
    )
