"""Ingestions in processes of their own, and the bytes by which their data sets are compared."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from tuneloom.pipeline.dataset.files import RUN

__all__ = ["TIMEOUT", "decided_bytes", "end_group", "free_port", "start_run", "wait_until_judging"]

TIMEOUT = 120  # seconds


def decided_bytes(directory: Path) -> dict[str, bytes]:
    """The files of a data set by name, all but the one that says how it was made."""
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.name != RUN}


def start_run(
    *arguments: object,
    env: Mapping[str, str] | None = None,
    preexec_fn: Callable[[], object] | None = None,
) -> subprocess.Popen[str]:
    """Start an ingestion in a session of its own; `env` and `preexec_fn` are those of `Popen`."""
    return subprocess.Popen(
        [sys.executable, "-m", "tuneloom.pipeline.ingest", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=env,
        preexec_fn=preexec_fn,
    )


def wait_until_judging(folder: Path) -> None:
    """Wait until a run that writes to the folder has judged a tune. Raises `TimeoutError`."""
    deadline = time.monotonic() + TIMEOUT
    while not list(folder.glob(".*.partial/new/.scratch/judged")):
        if time.monotonic() > deadline:
            raise TimeoutError(f"no tune was judged within {TIMEOUT} seconds")
        time.sleep(0.02)


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def end_group(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    """Kill a process that leads a session and everything it started, as a power failure would."""
    with suppress(ProcessLookupError):  # it may have ended by itself
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
