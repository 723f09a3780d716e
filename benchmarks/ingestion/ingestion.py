"""Ingestion of 100,000 tunes through Beam, compared with bare multiprocessing of the same functions.

Both use two processes and must write the same bytes. Arguments: the number of tunes.
"""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.support.synthetic_tunes import write_tunebooks
from tuneloom.corpus.reading.tune_files import open_local
from tuneloom.corpus.record import Record
from tuneloom.pipeline.dataset.files import MANIFEST, split_of_shard
from tuneloom.pipeline.dataset.shards import join_pieces, shard_of, write_piece
from tuneloom.pipeline.description.write import write_description
from tuneloom.pipeline.options import parse_options
from tuneloom.pipeline.planning import make_plan
from tuneloom.pipeline.steps.deduplicate import deduplicate, find_families
from tuneloom.pipeline.steps.judge import JudgedTunes, judge_tunes
from tuneloom.pipeline.steps.plan import Job, Plan
from tuneloom.pipeline.steps.reading import open_jobs, placed_tunes
from tuneloom.pipeline.steps.report import Report
from tuneloom.pipeline.steps.write_rejects import write_rejects

TUNES = 100_000
WORKERS = 2
MAX_RATIO = 1.25


def main(arguments: list[str]) -> bool:
    count = int(arguments[0]) if arguments else TUNES
    folder = Path(tempfile.mkdtemp(prefix="tuneloom-"))
    try:
        books = folder / "books"
        write_tunebooks(books, count)
        through_beam = _seconds_through_beam(books, folder / "beam")
        bare = _seconds_bare(books, folder / "bare")
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
    return same and ratio <= MAX_RATIO


def _seconds_through_beam(books: Path, output: Path) -> float:
    command = [sys.executable, "-m", "tuneloom.pipeline.ingest", "--input", str(books)]
    return _seconds_of([*command, "--output", str(output), "--workers", str(WORKERS)])


def _seconds_bare(books: Path, output: Path) -> float:
    code = f"from {__name__} import ingest_bare; ingest_bare({str(books)!r}, {str(output)!r})"
    return _seconds_of([sys.executable, "-c", code])


def _seconds_of(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def ingest_bare(books: str, output: str) -> None:
    """Make the same data set with a pool of processes, and nothing but lists between the functions."""
    directory = Path(output)
    directory.mkdir()
    plan = make_plan(parse_options(["--input", books, "--output", output]))
    total = JudgedTunes()
    with multiprocessing.Pool(WORKERS) as pool:
        for judged in pool.imap_unordered(_judge_job, [(job, plan) for job in plan.jobs]):
            total.report.add(judged.report)
            total.sketches += judged.sketches
            total.rejects += judged.rejects
            for number, placed in judged.ranges.items():
                total.ranges[number] += placed
    families = find_families(total.sketches)
    shards: dict[str, list[Record]] = defaultdict(list)
    for placed in total.ranges.values():
        records, rejects = deduplicate(placed, families, plan.jobs)
        total.rejects += rejects
        for record in records:
            shards[shard_of(record, plan.shards, plan.splitting)].append(record)
    for name, records in shards.items():
        piece = write_piece(directory / f"{name}.piece", 0, records)
        total.report.shards.append(join_pieces(directory, name, [piece]))
        total.report.add(Report.of_records(split_of_shard(name), records))
    total.report.add(Report.of_rejects(write_rejects(directory, total.rejects)))
    write_description(total.report, plan, directory)


def _judge_job(work: tuple[Job, Plan]) -> JudgedTunes:
    job, plan = work
    judged = JudgedTunes()
    for _, file in open_jobs([job], plan.limits, open_local):
        judged = judge_tunes(placed_tunes(job, file), plan)
        judged.report.add(Report.of_file(job, *file.digest_and_size()))
    return judged
