"""The same bytes from another engine: a job service and a worker pool in processes of their own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.layout import RUN


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nobody listens on port {port}")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[list[str]]:
    """The options with which Beam's portable runner uses a service and workers of this machine."""
    jobs, workers = free_port(), free_port()
    module = "apache_beam.runners"
    commands = {
        jobs: [f"{module}.portability.local_job_service_main", "--job_port", str(jobs)],
        workers: [f"{module}.worker.worker_pool_main", "--service_port", str(workers)],
    }
    # The pool starts its workers as `python`, whatever that is.
    path = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    with (tmp_path / "servers.log").open("wb") as log:
        servers = {
            port: subprocess.Popen(
                [sys.executable, "-m", *command], env=path, stdout=log, stderr=log
            )
            for port, command in commands.items()
        }
        try:
            for port, server in servers.items():
                wait_for(port, server)
            yield [
                *("--runner", "PortableRunner", "--job_endpoint", f"localhost:{jobs}"),
                *("--environment_type", "EXTERNAL", "--environment_config", f"localhost:{workers}"),
            ]
        finally:
            for server in servers.values():
                server.terminate()
            for server in servers.values():
                server.wait()


def decided_bytes(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.name != RUN}


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_the_runner(
    ingest: Callable[..., Any], corpora: Path, cluster: list[str], tmp_path: Path
) -> None:
    tunes = corpora / "nottingham" / "ABC_original"
    here = ingest("--input", tunes, "--output", tmp_path / "here")
    there = ingest("--input", tunes, "--output", tmp_path / "there", *cluster)
    assert (here.status, there.status) == (0, 0), there.err
    assert decided_bytes(tmp_path / "here") == decided_bytes(tmp_path / "there")
