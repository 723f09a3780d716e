"""The ingestion on a Flink of this machine, and what befalls the parts of the cluster.

All tests share one cluster: what one has killed is started again for the next.
"""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.flink import Flink, running_flink
from tests.support.runs import decided_bytes, end_group, start_run, wait_until_judging
from tests.support.skipping import skip_without

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> Iterator[Flink]:
    with skip_without("Flink"), running_flink() as flink:
        yield flink


@pytest.fixture
def flink(cluster: Flink) -> Flink:
    cluster.start()
    return cluster


@pytest.fixture(scope="module")
def tunes(corpora: Path) -> Path:
    return corpora / "nottingham" / "ABC_original"


@pytest.fixture(scope="module")
def expected(tunes: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files that the embedded runner makes of these tunes."""
    here = tmp_path_factory.mktemp("embedded") / "set"
    assert start_run("--input", tunes, "--output", here).wait(timeout=120) == 0
    return decided_bytes(here)


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start an ingestion; one that still works when the test is over would take the next one's slots."""
    runs = []

    def start_one(*arguments: object) -> subprocess.Popen[str]:
        runs.append(start_run(*arguments))
        return runs[-1]

    yield start_one
    for run in runs:
        end_group(run)


def test_a_job_that_loses_a_task_manager_half_way_recovers_with_the_same_bytes(
    flink: Flink,
    start: Callable[..., subprocess.Popen[str]],
    tunes: Path,
    expected: dict[str, bytes],
    tmp_path: Path,
) -> None:
    run = start("--input", tunes, "--output", tmp_path / "set", *flink.options)
    wait_until_judging(tmp_path)
    flink.kill("TaskManager 1")
    _, errors = run.communicate(timeout=300)
    assert run.returncode == 0, errors
    assert flink.failures()
    assert decided_bytes(tmp_path / "set") == expected


@pytest.mark.parametrize(
    ("victim", "message"),
    [
        ("workers 1", "a worker, or the pool that --environment_config names, seems lost ("),
        ("JobManager", "--flink_master http://localhost:"),
    ],
)
def test_a_run_that_loses_more_fails_and_a_second_one_succeeds(
    flink: Flink,
    start: Callable[..., subprocess.Popen[str]],
    tunes: Path,
    expected: dict[str, bytes],
    told: Callable[[str], str],
    tmp_path: Path,
    victim: str,
    message: str,
) -> None:
    arguments = ("--input", tunes, "--output", tmp_path / "set", *flink.options)
    run = start(*arguments)
    wait_until_judging(tmp_path)
    flink.kill(victim)
    _, errors = run.communicate(timeout=300)
    assert run.returncode == 4, errors
    assert told(errors).startswith(f"error: the run failed: {message}")
    assert told(errors).count("\n") == 1
    assert list(tmp_path.iterdir()) == []

    flink.start()
    again = start(*arguments)
    _, errors = again.communicate(timeout=300)
    assert again.returncode == 0, errors
    assert decided_bytes(tmp_path / "set") == expected
