"""What tests and benchmarks of whole ingestions share: their processes, and the bytes that count."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from tuneloom.pipeline.dataset.files import RUN

__all__ = ["PATIENCE", "decided_bytes", "end_group", "free_port", "start_run", "wait_until_judging"]

PATIENCE = 120  # seconds


def decided_bytes(directory: Path) -> dict[str, bytes]:
    """The files of a data set, without how it was made."""
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.name != RUN}


def start_run(*arguments: object, **how: Any) -> subprocess.Popen[str]:
    """Start an ingestion in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tuneloom.pipeline.ingest", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **how,
    )


def wait_until_judging(folder: Path) -> None:
    """Wait until a run whose output goes to the folder has judged a tune; TimeoutError if none is."""
    deadline = time.monotonic() + PATIENCE
    while not list(folder.glob(".*.partial/.scratch/judged")):
        if time.monotonic() > deadline:
            raise TimeoutError(f"no tune was judged within {PATIENCE} seconds")
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end_group(process: subprocess.Popen[Any]) -> None:
    """End a process that leads a session, and all that it started, as a loss of power would."""
    with suppress(ProcessLookupError):  # it may have ended by itself
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
