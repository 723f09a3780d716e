"""A Spark of this machine that takes Beam's jobs: a job server with Spark inside, and a pool of workers.

Maven fetches Spark and Beam's runner for it (`spark.pom.xml`). Needs Java 17 and Maven.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.support.maven import maven_jars
from tests.support.runs import TIMEOUT, end_group, free_port
from tuneloom.grammar.errors import RunFailed

__all__ = ["running_spark"]

POM = Path(__file__).with_name("spark.pom.xml")
JOB_SERVER = "org.apache.beam.runners.spark.SparkJobServerDriver"
# What Spark's own start scripts open; Spark does not start on Java 17 without it.
OPENED = [
    *("java.io", "java.lang", "java.lang.invoke", "java.lang.reflect", "java.net", "java.nio"),
    *("java.util", "java.util.concurrent", "java.util.concurrent.atomic", "sun.nio.ch"),
    *("sun.nio.cs", "sun.security.action", "sun.util.calendar"),
]


@contextmanager
def running_spark() -> Iterator[list[str]]:
    """Beam's options for running on a Spark that lasts as long as the block."""
    jars = maven_jars(POM, "Spark")
    jobs, pool = free_port(), free_port()
    opened = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
    server = [
        *("java", "-Xmx1g", *opened, "-cp", os.pathsep.join(jars), JOB_SERVER),
        *("--spark-master-url=local[2]", f"--job-port={jobs}"),
        *("--artifact-port=0", "--expansion-port=0"),
    ]
    workers = "apache_beam.runners.worker.worker_pool_main"
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tuneloom-spark-")))
        for command, port in (
            (server, jobs),
            ([sys.executable, "-m", workers, "--service_port", str(pool)], pool),
        ):
            process = _start(command, place)
            stack.callback(end_group, process)
            _wait_for(process, port, place)
        yield [
            *("--runner", "PortableRunner", "--job_endpoint", f"localhost:{jobs}"),
            *("--environment_type", "EXTERNAL", "--environment_config", f"localhost:{pool}"),
        ]


def _start(command: Sequence[str], place: Path) -> subprocess.Popen[bytes]:
    # The pool starts its workers as `python`, whichever comes first in the PATH.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with _log(command, place).open("wb") as log:
        return subprocess.Popen(
            command,
            env=os.environ | {"PATH": path},
            # Not the repository: a worker would import the packages from its working directory.
            cwd=place,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _log(command: Sequence[str], place: Path) -> Path:
    return place / f"{Path(command[0]).name}.log"


def _wait_for(process: subprocess.Popen[bytes], port: int, place: Path) -> None:
    deadline = time.monotonic() + TIMEOUT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            assert isinstance(process.args, list)
            lines = _log(process.args, place).read_text(errors="replace").splitlines()
            raise RunFailed(f"{process.args[0]} ended by itself: {(lines or [''])[-1]}")
        with suppress(OSError), socket.create_connection(("localhost", port), timeout=1):
            return
        time.sleep(0.2)
    raise RunFailed(f"nothing listens at port {port} after {TIMEOUT} seconds")
