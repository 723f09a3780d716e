"""Watched worker processes for Beam's embedded runner: a run whose worker dies must fail.

Beam can start such workers itself, but waits forever for one that was killed. Here the runner has a thread of
its own, while the caller's thread watches the processes. Whatever goes wrong, and when Ctrl-C is pressed, it
kills them all and returns.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import grpc  # type: ignore[import-untyped]
from apache_beam.runners.portability.fn_api_runner.worker_handlers import (
    GrpcWorkerHandler,
    WorkerHandler,
)
from apache_beam.transforms.environments import Environment, python_sdk_capabilities

from tuneloom.grammar.errors import RunFailed

__all__ = ["WorkerPool", "ignore_broken_streams"]

_URN = "tuneloom:env:watched_process:v1"
_POLL_SECONDS = 0.1


class WorkerPool:
    """The worker processes of one run. Give `environment` to the runner."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._processes: list[subprocess.Popen[bytes]] = []
        self.environment = _WatchedEnvironment()
        WorkerHandler.register_environment(_URN, bytes)(partial(_WatchedHandler, self))

    def run(self, work: Callable[[], None]) -> None:
        """Do the work, which uses the workers. Raises RunFailed as soon as one of them dies."""
        thread = _RunnerThread(work)
        try:
            thread.start()
            while thread.is_alive():
                thread.join(_POLL_SECONDS)
                self._check(thread)
        finally:
            self._end()
        if thread.error is not None:
            raise thread.error

    def start(self, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start one worker, with the driver's import path and in a session of its own."""
        # In sys.path an empty entry is the working directory, but not in PYTHONPATH.
        path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "apache_beam.runners.worker.sdk_worker_main"],
                env=os.environ | {"PYTHONPATH": path, "PIPELINE_OPTIONS": "{}"} | environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._processes.append(process)
        return process

    def _check(self, thread: _RunnerThread) -> None:
        for process in self._processes:
            if process.poll() and thread.is_alive():
                raise RunFailed(
                    f"a worker process died ({self._death(process.returncode)}), so the run was "
                    "stopped; if memory is short, try fewer --workers"
                )

    def _death(self, status: int) -> str:
        """How a worker died: the name of a signal, the last line of the log, or the exit status."""
        if status < 0:
            return signal.Signals(-status).name
        words = self._log.read_text(errors="replace").split("\n")
        return next((line.strip() for line in reversed(words) if line.strip()), f"exit {status}")

    def _end(self) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()


class _RunnerThread(threading.Thread):
    """The runner's thread. It is a daemon, since it may never return once its workers are gone."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(name="runner", daemon=True)
        self.error: BaseException | None = None
        self._work = work

    def run(self) -> None:
        try:
            self._work()
        except BaseException as error:
            self.error = error


@Environment.register_urn(_URN, bytes)
class _WatchedEnvironment(Environment):
    """Tells Beam to ask for our kind of worker."""

    def __init__(self) -> None:
        super().__init__(python_sdk_capabilities())

    def to_runner_api_parameter(self, _context: Any) -> tuple[str, bytes]:
        return _URN, b""

    @staticmethod
    def from_runner_api_parameter(*_: Any) -> _WatchedEnvironment:
        return _WatchedEnvironment()


class _WatchedHandler(GrpcWorkerHandler):
    """Beam's side of one worker process."""

    def __init__(self, pool: WorkerPool, _payload: bytes, *services: Any) -> None:
        super().__init__(*services)
        self._pool = pool

    def start_worker(self) -> None:
        self._process = self._pool.start(
            {
                "WORKER_ID": self.worker_id,
                "CONTROL_API_SERVICE_DESCRIPTOR": f'url: "{self.control_address}"',
            }
        )

    def stop_worker(self) -> None:
        self._process.wait()


def ignore_broken_streams() -> None:
    """Keep threads that Beam leaves behind from printing that a stream broke.

    Our own error says so already, and they may print at any time later.
    """
    original = threading.excepthook

    def hook(found: threading.ExceptHookArgs) -> None:
        if not issubclass(found.exc_type, grpc.RpcError):
            original(found)

    threading.excepthook = hook
