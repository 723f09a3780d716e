"""Ingestion through Beam beside bare multiprocessing with the same functions, on 100,000 tunes.

The tunes are real ones, each several times with another first note, so that all their melodies differ.
Both sides use two processes and must write the same bytes. Arguments: the number of tunes.
"""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.tunes import real_tunes
from corpus.admit import admit
from corpus.reading import load
from corpus.record import Outcome, RawTune, Record, Reject
from pipeline.finish import finish
from pipeline.judge import read_job, write_rejects
from pipeline.layout import MANIFEST
from pipeline.options import parse_options
from pipeline.plan import Job, Place, Plan
from pipeline.report import Report
from pipeline.run import make_plan
from pipeline.settle import settle, settled, sketch
from pipeline.shards import shard_of, write_shard

TUNES = 100_000
WORKERS = 2
MOST = 1.25
PER_FILE = 1_000
NOTES = ("D", "E", "F", "G", "A", "B", "c", "d", "e", "f")

Judged = tuple[Report, list[tuple[Place, Outcome | Reject]]]


def main(arguments: list[str]) -> bool:
    count = int(arguments[0]) if arguments else TUNES
    folder = Path(tempfile.mkdtemp(prefix="tuneloom-"))
    try:
        books = folder / "books"
        _write_books(books, count)
        through_beam = _beam(books, folder / "beam")
        bare = _bare(books, folder / "bare")
        same = (folder / "beam" / MANIFEST).read_bytes() == (
            folder / "bare" / MANIFEST
        ).read_bytes()
    finally:
        shutil.rmtree(folder)
    ratio = through_beam / bare
    print(f"{count:,} tunes, {WORKERS} processes, start and imports included")
    print(f"bare multiprocessing {bare:6.1f} s")
    print(f"Beam                 {through_beam:6.1f} s   {ratio:.2f} times")
    print(f"the same manifest: {'yes' if same else 'NO'}")
    return same and ratio <= MOST


def _write_books(folder: Path, count: int) -> None:
    folder.mkdir()
    texts = list(_texts(count))
    for start in range(0, count, PER_FILE):
        book = folder / f"{start // PER_FILE:04}.abc"
        book.write_text("\n".join(texts[start : start + PER_FILE]), errors="replace")


def _texts(count: int) -> Iterator[str]:
    tunes = [raw.text for raw in real_tunes()]
    for number in range(count):
        text = tunes[number % len(tunes)]
        again = number // len(tunes)
        # A tune as found, then with one more note before its first line of music.
        head, key, body = text.partition("\nK:")
        first, _, rest = body.partition("\n")
        note = NOTES[(again - 1) % len(NOTES)] + "," * ((again - 1) // len(NOTES))
        yield f"{head}{key}{first}\n{note if again else ''}{rest}"


def _beam(books: Path, output: Path) -> float:
    command = [sys.executable, "-m", "pipeline.ingest", "--input", str(books)]
    return _timed([*command, "--output", str(output), "--workers", str(WORKERS)])


def _bare(books: Path, output: Path) -> float:
    code = f"from benchmarks.ingestion import bare; bare({str(books)!r}, {str(output)!r})"
    return _timed([sys.executable, "-c", code])


def _timed(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def bare(books: str, output: str) -> None:
    """The same data set by a pool of processes: nothing between the functions but lists."""
    directory = Path(output)
    directory.mkdir()
    plan = make_plan(parse_options(["--input", books, "--output", output]))
    report = Report()
    records: list[tuple[Place, Record, tuple[int, ...]]] = []
    rejects: list[tuple[Place, Reject]] = []
    with multiprocessing.Pool(WORKERS) as pool:
        for part, found in pool.imap_unordered(_judge, [(job, plan) for job in plan.jobs]):
            report.add(part)
            for place, outcome in found:
                if isinstance(outcome, Reject):
                    rejects.append((place, outcome))
                elif isinstance(outcome.result, Reject):
                    rejects.append((place, outcome.result))
                else:
                    records.append((place, outcome.result, outcome.signature))
    settlement = settle(sketch(place, record.id, melody) for place, record, melody in records)
    shards: dict[str, list[Record]] = defaultdict(list)
    for place, record, _ in records:
        result = settled(place, record, settlement, plan.jobs)
        if isinstance(result, Reject):
            rejects.append((place, result))
        else:
            shards[shard_of(result, plan.shards)].append(result)
    for name, inside in shards.items():
        report.add(Report.of_shard(write_shard(directory, name, inside), inside))
    report.add(Report.of_rejects(write_rejects(directory, rejects)))
    finish(report, plan, directory)


def _judge(work: tuple[Job, Plan]) -> Judged:
    job, plan = work
    data = load(job.file, plan.limits)
    report = Report.of_file(job, data)
    found: list[tuple[Place, Outcome | Reject]] = []
    for place, raw in read_job(job, data, plan.limits):
        if isinstance(raw, RawTune):
            outcome = admit(raw, plan.profile)
            report.add(Report.of_outcome(raw.source, outcome))
            found.append((place, outcome))
        else:
            found.append((place, raw))
    return report, found
