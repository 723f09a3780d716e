"""A cluster in small: a job service and a worker pool in processes of their own, and what befalls them.

Workers that see other disks live in a mount namespace; those with other code have a Python of their own.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc  # type: ignore[import-untyped]
import pytest
from apache_beam.portability.api import beam_job_api_pb2, beam_job_api_pb2_grpc

from tests.support.runs import (
    decided_bytes,
    end_group,
    free_port,
    start_run,
    wait_until_judging,
)

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Cluster:
    """A running job service and worker pool, and Beam's options that name them."""

    jobs: subprocess.Popen[bytes]
    workers: subprocess.Popen[bytes]
    endpoint: str
    pool: str

    @property
    def options(self) -> list[str]:
        return [
            *("--runner", "PortableRunner", "--job_endpoint", self.endpoint),
            *("--environment_type", "EXTERNAL", "--environment_config", self.pool),
        ]

    def history(self) -> list[str]:
        """The states that the one job of the service went through, up to the first that is an end."""
        with grpc.insecure_channel(self.endpoint) as channel:
            service = beam_job_api_pb2_grpc.JobServiceStub(channel)  # type: ignore[no-untyped-call]
            (job,) = service.GetJobs(beam_job_api_pb2.GetJobsRequest()).job_info
            request = beam_job_api_pb2.GetJobStateRequest(job_id=job.job_id)
            events = service.GetStateStream(request, timeout=20)
            return [beam_job_api_pb2.JobState.Enum.Name(event.state) for event in events]


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
def start_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Cluster]]:
    """Start a cluster of this machine; all that were started are ended with the test."""
    # Not the repository: a worker would find the packages in the folder where it starts.
    place = tmp_path_factory.mktemp("cluster")
    with ExitStack() as stack:

        def start(python: Path = Path(sys.executable), hidden: Path | None = None) -> Cluster:
            """Workers run that Python, and do not see what is in the hidden folder."""
            module = "apache_beam.runners"
            jobs = ["-m", f"{module}.portability.local_job_service_main", "--job_port"]
            pool = ["-m", f"{module}.worker.worker_pool_main", "--service_port"]
            elsewhere = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
            hide = [*elsewhere, f'mount -t tmpfs none {hidden} && exec "$@"', "sh"]
            log = stack.enter_context((place / "servers.log").open("ab"))

            def serve(command: list[str]) -> tuple[subprocess.Popen[bytes], str]:
                port = free_port()
                # The pool starts its workers as `python`, whatever that is.
                path = os.pathsep.join([str(python.parent), os.environ["PATH"]])
                process = subprocess.Popen(
                    [*command, str(port)],
                    env=os.environ | {"PATH": path},
                    cwd=place,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
                stack.callback(end_group, process)
                wait_for(port, process)
                return process, f"localhost:{port}"

            service, endpoint = serve([sys.executable, *jobs])
            workers, address = serve([*(hide if hidden else ()), sys.executable, *pool])
            return Cluster(service, workers, endpoint, address)

        yield start


def other_python(place: Path) -> Path:
    """A Python with all libraries of this one, and without our packages."""
    venv.create(place, with_pip=False)
    (libraries,) = place.glob("lib/python*/site-packages")
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (libraries / "libraries.pth").write_text(f"{here}\n")
    return place / "bin" / "python"


def test_the_bytes_do_not_depend_on_the_runner(
    ingest: Callable[..., Any], corpora: Path, start_cluster: Callable[..., Cluster], tmp_path: Path
) -> None:
    tunes = corpora / "nottingham" / "ABC_original"
    here = ingest("--input", tunes, "--output", tmp_path / "here")
    there = ingest("--input", tunes, "--output", tmp_path / "there", *start_cluster().options)
    assert (here.status, there.status) == (0, 0), there.err
    assert decided_bytes(tmp_path / "here") == decided_bytes(tmp_path / "there")


def test_a_worker_without_the_package_is_refused(
    ingest: Callable[..., Any],
    book: Path,
    start_cluster: Callable[..., Cluster],
    told: Callable[[str], str],
    tmp_path: Path,
) -> None:
    cluster = start_cluster(python=other_python(tmp_path / "python"))
    done = ingest("--input", book, "--output", tmp_path / "set", *cluster.options)
    assert done.status == 2
    assert re.fullmatch(
        r"error: a worker's Python: No module named 'tuneloom[\w.]*'; "
        r"install the driver's tuneloom there\n",
        told(done.err),
    )


def test_a_worker_with_other_code_is_refused(
    ingest: Callable[..., Any],
    book: Path,
    start_cluster: Callable[..., Cluster],
    told: Callable[[str], str],
    tmp_path: Path,
) -> None:
    python = other_python(tmp_path / "python")
    (libraries,) = python.parent.parent.glob("lib/python*/site-packages")
    shutil.copytree(ROOT / "tuneloom", libraries / "tuneloom")
    with (libraries / "tuneloom" / "corpus" / "record.py").open("a") as file:
        file.write("# A line more.\n")
    cluster = start_cluster(python=python)
    done = ingest("--input", book, "--output", tmp_path / "set", *cluster.options)
    assert done.status == 2
    assert f"({python}) has tuneloom 0.1.0 (code " in done.err
    assert done.err.endswith("); install the same on both\n")
    assert told(done.err).count("\n") == 1


@pytest.mark.skipif(not shutil.which("unshare"), reason="hides folders in a mount namespace")
@pytest.mark.parametrize(
    ("hidden", "message"),
    [
        (
            "outputs",
            ".partial/new, where the data set is made; choose an --output on a disk or in a",
        ),
        ("inputs", "inputs/book.abc; put inputs on a disk or in a bucket that"),
    ],
)
def test_a_worker_that_does_not_see_the_files_is_refused(
    ingest: Callable[..., Any],
    book: Path,
    start_cluster: Callable[..., Cluster],
    told: Callable[[str], str],
    tmp_path: Path,
    hidden: str,
    message: str,
) -> None:
    inputs, outputs = tmp_path / "inputs", tmp_path / "outputs"
    inputs.mkdir()
    outputs.mkdir()
    shutil.copy(book, inputs)
    cluster = start_cluster(hidden=tmp_path / hidden)
    done = ingest("--input", inputs, "--output", outputs / "set", *cluster.options)
    assert done.status == 2
    assert message in done.err
    assert told(done.err).count("\n") == 1
    assert list(outputs.iterdir()) == []


def test_a_worker_pool_that_is_not_there_fails_the_run(
    ingest: Callable[..., Any],
    book: Path,
    start_cluster: Callable[..., Cluster],
    told: Callable[[str], str],
    tmp_path: Path,
) -> None:
    nowhere = f"localhost:{free_port()}"
    options = [*start_cluster().options[:-1], nowhere]
    done = ingest("--input", book, "--output", tmp_path / "set", *options)
    assert done.status == 4
    assert "a part of the cluster no longer answers (failed to connect" in done.err
    assert nowhere.partition(":")[2] in done.err
    assert told(done.err).count("\n") == 1


@pytest.mark.parametrize("victim", ["job service", "workers"])
def test_a_run_whose_cluster_dies_fails_and_a_second_one_succeeds(
    ingest: Callable[..., Any],
    corpora: Path,
    start_cluster: Callable[..., Cluster],
    told: Callable[[str], str],
    tmp_path: Path,
    victim: str,
) -> None:
    tunes = corpora / "nottingham" / "ABC_original" / "jigs.abc"
    cluster, target = start_cluster(), tmp_path / "there" / "set"
    run = start_run("--input", tunes, "--output", target, *cluster.options)
    wait_until_judging(target.parent)
    end_group(cluster.jobs if victim == "job service" else cluster.workers)
    _, errors = run.communicate(timeout=60)
    assert run.returncode == 4, errors
    assert told(errors).startswith("error: the run failed: ")
    assert told(errors).count("\n") == 1
    assert not target.exists()

    # Workers that nobody told may write a little longer; what they leave goes with the next run.
    again = ingest("--input", tunes, "--output", target, *start_cluster().options)
    assert ingest("--input", tunes, "--output", tmp_path / "here").status == again.status == 0
    assert decided_bytes(target) == decided_bytes(tmp_path / "here")
    assert [path.name for path in target.parent.iterdir()] == ["set"]


def test_ctrl_c_takes_the_job_back(
    corpora: Path,
    start_cluster: Callable[..., Cluster],
    told: Callable[[str], str],
    tmp_path: Path,
) -> None:
    tunes = corpora / "nottingham" / "ABC_original"
    cluster = start_cluster()
    run = start_run("--input", tunes, "--output", tmp_path / "set", *cluster.options)
    wait_until_judging(tmp_path)
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=20)
    assert run.returncode == 130
    assert told(errors) == "error: interrupted; the output is unchanged\n"
    # What is left of the job fails afterwards, since the folder of the run is gone.
    assert "CANCELLED" in cluster.history()
    assert not (tmp_path / "set").exists()
