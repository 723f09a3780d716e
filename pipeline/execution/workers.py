"""Worker processes for Beam's embedded runner that are watched: a run whose worker dies must fail.

Beam starts such workers itself, but waits for ever for one that was killed. So the runner works in
a thread of its own here, while the caller's thread watches the processes; whatever goes wrong, or
when Ctrl-C is pressed, it ends them all and returns.
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
    """The worker processes of one run. `environment` is what the runner is to be given."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._processes: list[subprocess.Popen[bytes]] = []
        self.environment = _WatchedEnvironment()
        WorkerHandler.register_environment(_URN, bytes)(partial(_WatchedHandler, self))

    def run(self, work: Callable[[], None]) -> None:
        """Do the work, which uses the workers. `RunFailed` as soon as one of them dies under it."""
        thread = _Work(work)
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
        """Start one worker, with the driver's own import path and out of the terminal's reach."""
        # An empty entry stands for the working directory, but not in this variable.
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

    def _check(self, thread: _Work) -> None:
        for process in self._processes:
            if process.poll() and thread.is_alive():
                raise RunFailed(
                    f"a worker process died ({self._death(process.returncode)}), so the run was "
                    "given up; if memory is short, try fewer --workers"
                )

    def _death(self, status: int) -> str:
        """How a worker died: by a signal, or with an exit status and its last words."""
        if status < 0:
            return signal.Signals(-status).name
        words = self._log.read_text(errors="replace").split("\n")
        return next((line.strip() for line in reversed(words) if line.strip()), f"exit {status}")

    def _end(self) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()


class _Work(threading.Thread):
    """The runner's thread. A daemon: once its workers are gone it may never come back."""

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
    """What tells Beam to ask for our kind of worker."""

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
    """Keep the threads that Beam leaves behind from telling that a stream broke off.

    That is what our own error says, and they may say it at any time after.
    """
    tell = threading.excepthook

    def hook(found: threading.ExceptHookArgs) -> None:
        if not issubclass(found.exc_type, grpc.RpcError):
            tell(found)

    threading.excepthook = hook
