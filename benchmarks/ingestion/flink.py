"""The same ingestion embedded and on a Flink cluster on this machine: seconds, and whether the bytes agree.

Arguments: the source. Needs Linux, Java 17 and Maven, which fetches Flink.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.support.flink import running_flink
from tests.support.runs import decided_bytes
from tuneloom.pipeline.options import parse_options
from tuneloom.pipeline.run import run_ingestion
from tuneloom.pipeline.storage.interrupts import keep_interrupts

SOURCE = "nottingham"


def main(arguments: list[str]) -> bool:
    source = arguments[0] if arguments else SOURCE
    with keep_interrupts(), tempfile.TemporaryDirectory() as folder, running_flink() as flink:
        here, there = Path(folder, "here"), Path(folder, "there")
        for output, options in ((here, []), (there, flink.options)):
            began = time.perf_counter()
            manifest = run_ingestion(
                parse_options(["--source", source, "--output", str(output), *options])
            )
            seconds = time.perf_counter() - began
            runner = options[1] if options else "embedded"
            print(f"{runner:<12} {manifest.counts.read:6,} tunes {seconds:8.1f} s", flush=True)
        same = decided_bytes(here) == decided_bytes(there)
        print("the bytes agree" if same else "the bytes differ")
        return same
