"""What only shows from outside: worker processes, signals, and imported packages."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.runs import decided_bytes, start_run, wait_until_judging


@pytest.fixture
def tunes(corpora: Path) -> Path:
    """Several hundred real tunes: a run on them lasts long enough to be disturbed."""
    return corpora / "nottingham" / "ABC_original" / "jigs.abc"


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """The child processes of a run, whichever of its threads started them."""
    lists = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(number) for each in lists for number in each.read_text().split()]


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_the_number_of_workers(
    ingest: Callable[..., Any], tunes: Path, told: Callable[[str], str], tmp_path: Path
) -> None:
    for workers in (1, 2):
        done = ingest("--input", tunes, "--output", tmp_path / str(workers), "--workers", workers)
        assert (done.status, told(done.err)) == (0, "")
    assert decided_bytes(tmp_path / "1") == decided_bytes(tmp_path / "2")


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_a_run_whose_worker_dies_fails_at_once(
    tunes: Path, told: Callable[[str], str], tmp_path: Path
) -> None:
    run = start_run("--input", tunes, "--output", tmp_path / "set", "--workers", 2)
    wait_until_judging(tmp_path)
    subprocess.run(["kill", "-KILL", str(workers_of(run)[0])], check=True)
    _, errors = run.communicate(timeout=10)
    assert run.returncode == 4
    assert told(errors).startswith("error: a worker process died (SIGKILL)")
    assert told(errors).count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_leftovers_of_a_killed_run_are_removed_by_the_next(
    ingest: Callable[..., Any], book: Path, tunes: Path, tmp_path: Path
) -> None:
    assert ingest("--input", book, "--output", tmp_path / "set").status == 0
    before = decided_bytes(tmp_path / "set")
    run = start_run("--input", tunes, "--output", tmp_path / "set", "--overwrite")
    wait_until_judging(tmp_path)
    second = ingest("--input", book, "--output", tmp_path / "set", "--overwrite")
    assert (second.status, "another run is writing there" in second.err) == (2, True)
    run.kill()
    run.communicate(timeout=10)
    assert decided_bytes(tmp_path / "set") == before
    assert len(list(tmp_path.iterdir())) > 1
    assert ingest("--input", book, "--output", tmp_path / "set", "--overwrite").status == 0
    assert [path.name for path in tmp_path.iterdir()] == ["set"]
    assert decided_bytes(tmp_path / "set") == before


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_a_full_disk_fails_the_run_and_keeps_the_old_data_set(
    ingest: Callable[..., Any],
    book: Path,
    tunes: Path,
    told: Callable[[str], str],
    tmp_path: Path,
    workers: int,
) -> None:
    """No file may grow past a size that the shards need: the nearest thing to a disk that is full."""
    assert ingest("--input", book, "--output", tmp_path / "set").status == 0
    before = decided_bytes(tmp_path / "set")
    run = start_run(
        *("--input", tunes, "--output", tmp_path / "set", "--overwrite", "--workers", workers),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    _, errors = run.communicate(timeout=60)
    assert run.returncode == 4
    assert "File too large" in errors
    assert told(errors).count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["set"]
    assert decided_bytes(tmp_path / "set") == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.slow)]
)
def test_a_signal_to_end_is_like_ctrl_c(
    tunes: Path, told: Callable[[str], str], tmp_path: Path, number: signal.Signals
) -> None:
    # Whoever runs the tests under nohup ignores SIGHUP, and so would the run.
    run = start_run(
        *("--input", tunes, "--output", tmp_path / "set"),
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )
    wait_until_judging(tmp_path)
    run.send_signal(number)
    _, errors = run.communicate(timeout=10)
    assert run.returncode == 130
    assert told(errors) == "error: interrupted; the output is unchanged\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_run_under_nohup_outlives_its_terminal(tunes: Path, tmp_path: Path) -> None:
    run = start_run(
        *("--input", tunes, "--output", tmp_path / "set"),
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    wait_until_judging(tmp_path)
    run.send_signal(signal.SIGHUP)
    run.communicate(timeout=60)
    assert run.returncode == 0


def test_a_worker_that_cannot_start_fails_the_run(
    ingest: Callable[..., Any], book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    done = ingest("--input", book, "--output", tmp_path / "set", "--workers", 2)
    assert done.status == 4
    assert done.err.startswith("error: a worker process died (exit 1)")


@pytest.mark.parametrize("workers", [pytest.param(1, marks=pytest.mark.slow), 2])
def test_ctrl_c_is_status_130_and_leaves_nothing_anywhere(
    tunes: Path, told: Callable[[str], str], tmp_path: Path, workers: int
) -> None:
    place, temporary = tmp_path / "place", tmp_path / "temporary"
    place.mkdir()
    temporary.mkdir()
    run = start_run(
        *("--input", tunes, "--output", place / "set", "--workers", workers),
        env=os.environ | {"TMPDIR": str(temporary)},
    )
    wait_until_judging(place)
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=10)
    assert run.returncode == 130
    assert told(errors) == "error: interrupted; the output is unchanged\n"
    assert list(place.iterdir()) == []
    assert list(temporary.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("workers", [pytest.param(1, marks=pytest.mark.slow), 2])
def test_a_run_that_ends_well_leaves_no_temporary_files(
    book: Path, tmp_path: Path, workers: int
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    run = start_run(
        *("--input", book, "--output", tmp_path / "set", "--workers", workers),
        env=os.environ | {"TMPDIR": str(temporary)},
    )
    run.communicate(timeout=60)
    assert run.returncode == 0
    assert list(temporary.iterdir()) == []


def loaded_after(code: str) -> set[str]:
    """The packages that a fresh Python has loaded once it has run some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules, file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in done.stderr.split()}


def test_a_whole_ingestion_loads_no_tensorflow(book: Path, tmp_path: Path) -> None:
    loaded = loaded_after(
        "from tuneloom.pipeline.run import main\n"
        f"assert main(['--input', {str(book)!r}, '--output', {str(tmp_path / 'set')!r}]) == 0"
    )
    assert "apache_beam" in loaded
    assert not loaded & {"tensorflow", "keras", "music21"}


def test_a_mistake_is_reported_before_beam_is_loaded() -> None:
    loaded = loaded_after(
        "from tuneloom.pipeline.run import main\nassert main(['--source', 'fokl']) == 2"
    )
    assert not loaded & {"apache_beam", "tensorflow", "tensorflow_metadata", "pandas", "music21"}


def test_records_are_read_without_beam_and_tensorflow(data_set: Path) -> None:
    loaded = loaded_after(
        "from tuneloom.pipeline.dataset.reader import read_records\n"
        f"assert len(list(read_records({str(data_set)!r}, 'train'))) > 0"
    )
    assert not loaded & {"apache_beam", "tensorflow", "tensorflow_metadata"}
