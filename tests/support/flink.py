"""A Flink cluster on this machine: a JobManager, two TaskManagers, and a pool of Beam workers beside each.

Maven fetches Flink and Beam's runner for it (`flink.pom.xml`). Needs Linux, Java 17 and Maven.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.maven import maven_jars
from tests.support.runs import TIMEOUT, end_group, free_port
from tuneloom.grammar.errors import RunFailed

SOURCE = "nottingham"
VERSION = "1.19"
TASK_MANAGERS = 2
SLOTS = 2  # for each TaskManager: if one is lost, the other has room for the whole job

POM = Path(__file__).with_name("flink.pom.xml")
ENTRY_POINTS = {
    "JobManager": "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
    "TaskManager": "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
}
JOB_SERVER = "org.apache.beam.runners.flink.FlinkJobServerDriver"
# The packages that Flink's own start scripts open; Flink does not start on Java 17 without them.
OPENED = ["java.lang", "java.lang.reflect", "java.net", "java.nio", "java.util", "sun.nio.ch"]
# The start scripts also compute a TaskManager's memory; without them every part must be given.
SETTINGS = {
    "jobmanager.rpc.address": "localhost",
    "rest.address": "localhost",
    "rest.bind-address": "localhost",
    "taskmanager.host": "localhost",
    "taskmanager.numberOfTaskSlots": SLOTS,
    "taskmanager.cpu.cores": 1,
    "taskmanager.memory.framework.heap.size": "128m",
    "taskmanager.memory.framework.off-heap.size": "128m",
    "taskmanager.memory.task.heap.size": "256m",
    "taskmanager.memory.task.off-heap.size": "0",
    "taskmanager.memory.managed.size": "256m",
    # Enough for one TaskManager that is left alone with a job: the steps do not share their buffers.
    "taskmanager.memory.network.min": "512m",
    "taskmanager.memory.network.max": "512m",
    "taskmanager.memory.jvm-metaspace.size": "256m",
    "taskmanager.memory.jvm-overhead.min": "192m",
    "taskmanager.memory.jvm-overhead.max": "192m",
    "jobmanager.memory.process.size": "1024m",
    "classloader.resolve-order": "parent-first",
    "cluster.evenly-spread-out-slots": "true",
    "restart-strategy.type": "fixed-delay",
    "restart-strategy.fixed-delay.attempts": 3,
    "restart-strategy.fixed-delay.delay": "1 s",
    "heartbeat.interval": 1000,
    "heartbeat.timeout": 10000,
}
# `worker_pool_main` listens on all addresses. Two of them on one machine would get in each other's way, since
# both TaskManagers call their first worker 1-1.
POOL = """\
import sys, grpc
from apache_beam.portability.api import beam_fn_api_pb2_grpc
from apache_beam.runners.worker.worker_pool_main import BeamFnExternalWorkerPoolServicer
from apache_beam.utils.thread_pool_executor import shared_unbounded_instance
server = grpc.server(shared_unbounded_instance())
pool = BeamFnExternalWorkerPoolServicer(use_process=True)
beam_fn_api_pb2_grpc.add_BeamFnExternalWorkerPoolServicer_to_server(pool, server)
server.add_insecure_port(sys.argv[1])
server.start()
server.wait_for_termination()
"""


@dataclass
class Flink:
    """A cluster with named parts: `JobManager`, `TaskManager 1`, `workers 2` …"""

    jars: Sequence[str]
    place: Path
    rest: str = field(default_factory=lambda: str(free_port()))
    rpc: str = field(default_factory=lambda: str(free_port()))
    pool: str = field(default_factory=lambda: str(free_port()))
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ports = {"rest.port": self.rest, "jobmanager.rpc.port": self.rpc}
        settings = SETTINGS | ports | {"io.tmp.dirs": self.place}
        text = "".join(f"{name}: {value}\n" for name, value in settings.items())
        (self.place / "config.yaml").write_text(text)
        with zipfile.ZipFile(self._job_server(), "w") as jar:
            jar.writestr("META-INF/MANIFEST.MF", _jar_manifest(self.jars))

    @property
    def options(self) -> list[str]:
        """Beam's options for running on this cluster."""
        return [
            *("--runner", "FlinkRunner", "--flink_master", f"localhost:{self.rest}"),
            *("--flink_version", VERSION, "--flink_job_server_jar", str(self._job_server())),
            *("--environment_type", "EXTERNAL", "--environment_config", f"beside:{self.pool}"),
            # Without this, every step would start workers of its own.
            *("--environment_cache_millis", "60000", "--parallelism", str(SLOTS)),
        ]

    def start(self) -> None:
        """Start the parts that are not running, and wait until they have found each other."""
        numbers = range(1, TASK_MANAGERS + 1)
        kinds = ("workers", "TaskManager")
        for name in ("JobManager", *(f"{kind} {number}" for number in numbers for kind in kinds)):
            if name not in self.parts:
                self._start_part(name)
        self._wait(lambda: self._ask("overview")["taskmanagers"] == TASK_MANAGERS, "TaskManagers")

    def kill(self, name: str) -> None:
        """Kill a part and everything it started, as a power failure would."""
        end_group(self.parts.pop(name))

    def stop(self) -> None:
        for name in list(self.parts):
            self.kill(name)

    def failures(self) -> list[str]:
        """The exceptions of the newest job after which Flink retried some of it."""
        newest = max(self._ask("jobs/overview")["jobs"], key=lambda job: job["start-time"])
        history = self._ask(f"jobs/{newest['jid']}/exceptions")["exceptionHistory"]
        return [entry["exceptionName"] for entry in history["entries"]]

    def _start_part(self, name: str) -> None:
        kind, _, number = name.partition(" ")
        if kind == "workers":
            # The pool starts its workers as `python`, whichever comes first in the PATH.
            path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
            address = f"127.0.0.{number}:{self.pool}"
            self._start(name, [sys.executable, "-c", POOL, address], PATH=path)
            return
        hosts = self.place / f"hosts{number}"
        names = f"127.0.0.1 localhost {socket.gethostname()}\n"
        hosts.write_text(f"{names}127.0.0.{number or 1} beside\n")
        self._start(name, [
            *("java", "-Xmx512m", "-XX:MaxDirectMemorySize=1g", f"-Djdk.net.hosts.file={hosts}"),
            *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED),
            *("-cp", os.pathsep.join(self.jars), ENTRY_POINTS[kind], "--configDir", str(self.place)),
        ])  # fmt: skip

    def _ask(self, what: str) -> Any:
        """Ask the REST interface of the JobManager."""
        address = f"http://localhost:{self.rest}/v1/{what}"
        with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:
            return json.load(answer)

    def _start(self, name: str, command: Sequence[str], **variables: str) -> None:
        with (self.place / f"{name}.log").open("ab") as log:
            # A session of its own: Ctrl-C must end the run before its cluster.
            self.parts[name] = subprocess.Popen(
                command,
                env=os.environ | variables,
                # Not the repository: a worker would import the packages from its working directory.
                cwd=self.place,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _wait(self, ready: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            for name, process in self.parts.items():
                if process.poll() is not None:
                    log = (self.place / f"{name}.log").read_text(errors="replace").splitlines()
                    causes = [line for line in log if line.startswith("Caused by: ")]
                    raise RunFailed(f"the {name} ended by itself: {(causes or log)[-1]}")
            with suppress(OSError):  # it is not listening yet
                if ready():
                    return
            time.sleep(0.2)
        raise RunFailed(f"no {what} after {TIMEOUT} seconds")

    def _job_server(self) -> Path:
        return self.place / "job-server.jar"


def _jar_manifest(jars: Sequence[str]) -> str:
    """The manifest of a jar that only refers to others; its lines have 72 characters at most."""
    path = "Class-Path: " + " ".join(Path(jar).as_uri() for jar in jars)
    wrapped = "\r\n ".join(path[start : start + 70] for start in range(0, len(path), 70))
    return f"Manifest-Version: 1.0\r\nMain-Class: {JOB_SERVER}\r\n{wrapped}\r\n\r\n"


@contextmanager
def running_flink() -> Iterator[Flink]:
    """A running cluster, which is killed when the block ends, for whatever reason."""
    with ExitStack() as stack:
        place = stack.enter_context(tempfile.TemporaryDirectory(prefix="tuneloom-flink-"))
        flink = Flink(maven_jars(POM, "Flink"), Path(place))
        stack.callback(flink.stop)
        flink.start()
        yield flink
