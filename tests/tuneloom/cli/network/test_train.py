import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tuneloom.cli.app import main
from tuneloom.model.runtime import devices
from tuneloom.model.training.schedule import Budget
from tuneloom.model.training.trainer import Trainer


def test_a_run_ends_with_its_figures_on_one_line(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", str(data), "--run", str(tmp_path / "run"), "--steps", "2"]) == 0
    assert re.fullmatch(
        r".*run: 2 steps, .* epochs, .* characters in \d+ s \(.* chars/s\); "
        r"bits per character: training \d\.\d+, validation \d\.\d+\n",
        capsys.readouterr().out,
    )


@pytest.mark.slow
def test_a_run_is_resumed_or_overwritten_only_on_request(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train = ["train", str(data), "--run", str(tmp_path / "run")]
    assert main([*train, "--steps", "1"]) == 0
    assert main([*train, "--steps", "2"]) == 2
    assert "exists; --resume it, --overwrite it" in capsys.readouterr().err
    assert main([*train, "--steps", "2", "--resume"]) == 0
    assert main([*train, "--steps", "1", "--overwrite"]) == 0


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--steps", "1", "--epochs", "1"], "one of --minutes, --epochs and --steps"),
        (["--minutes", "0"], "more than 0"),
        (["--resume", "--overwrite"], "cannot be combined"),
        (["--resume", "--from", "runs/first"], "--resume and --from cannot be combined"),
        (["--from", "runs/first"], "runs/first: not a training run"),
        (["--resume"], "not a training run"),
        (["--batch-size", "0"], "--batch-size 0: batch_size must be"),
        (["--config", "none.toml"], "none.toml: cannot be read"),
        (["--network", "plain", "--set", "aids=clock"], "aids=clock: the network plain does not"),
        (["--set", "aids="], "needs aids"),
    ],
)
def test_wrong_usage_is_one_line_and_writes_nothing(
    data: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    problem: str,
) -> None:
    monkeypatch.chdir(tmp_path)  # where there is no runs/first, as there is after `make run`
    assert main(["train", str(data), "--run", str(tmp_path / "run"), *options]) == 2
    shown = capsys.readouterr().err
    assert problem in shown
    assert shown.count("\n") == 1
    assert not (tmp_path / "run").exists()


def test_a_run_says_what_it_is_before_it_starts(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train = ["train", str(data), "--run", str(tmp_path / "run"), "--units", "8", "--seed", "3"]
    assert main([*train, "--steps", "2"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in lines] == [
        "network",
        "device",
        "data",
        "budget",
        "settings",
    ]
    assert "1 layer of 8 units; " in lines[0]
    assert lines[3:] == [
        "budget    2 steps",
        "settings  the defaults of a long run, but units 8, seed 3",
    ]


@pytest.mark.slow
def test_a_run_says_that_bfloat16_is_slow_where_it_is(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    train = ["train", str(data), "--run", str(tmp_path / "run"), "--steps", "2", "--units", "8"]
    for has in (True, False):
        monkeypatch.setattr(devices, "has_bfloat16_products", lambda has=has: has)
        assert main([*train, "--set", "precision=bfloat16", "--overwrite"]) == 0
        device, _, rest = capsys.readouterr().err.partition("data ")
        assert ("no instructions: this is slower" in " ".join(device.split())) is not has
        assert "bfloat16" not in rest


def test_a_run_goes_on_from_another_with_its_settings(
    data: Path, run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train = ["train", str(data), "--steps", "2", "--from", str(run)]
    assert main([*train, "--run", str(tmp_path / "tuned"), "--set", "clip=2"]) == 0
    shown = " ".join(capsys.readouterr().err.split())
    assert f"settings those of {run.name}, for fine-tuning, but clip 2.0" in shown
    assert main([*train, "--run", str(tmp_path / "wide"), "--units", "8"]) == 2
    assert "units is 512 in its network, which cannot become 8" in capsys.readouterr().err
    assert main([*train, "--run", str(run), "--overwrite"]) == 2
    assert "cannot be both the run of --from and the new one" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--units", "8"], "run: units is 512 in this run and 8 in --units 8; --resume keeps"),
        (["--seed", "1"], "seed is 0 in this run and 1 in --seed 1"),
        (["--level", "sound"], "level is 'parseable' in this run and 'sound' in --level sound"),
        (["--set", "clip=2"], "clip is 1.0 in this run and 2.0 in --set clip=2"),
    ],
)
def test_a_resumed_run_keeps_its_settings(
    data: Path,
    run: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    problem: str,
) -> None:
    train = ["train", str(data), "--run", str(run), "--steps", "5", "--resume"]
    assert main([*train, *options]) == 2
    shown = capsys.readouterr().err
    assert problem in shown
    assert shown.count("\n") == 1


def test_a_directory_that_is_not_a_data_set_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", str(tmp_path), "--run", str(tmp_path / "run")]) == 2
    assert "not a finished data set" in capsys.readouterr().err


def start(data: Path, run: Path) -> subprocess.Popen[str]:
    """Train in a process of its own until somebody stops it, and wait for its first checkpoint."""
    code = (
        "import sys; from tuneloom.model.training import trainer; from tuneloom.cli.app import main;"
        "trainer.DEFAULT_INTERVALS = trainer.Intervals(checkpoint_seconds=0.5);"
        f"sys.exit(main(['train', {str(data)!r}, '--run', {str(run)!r}, '--minutes', '5']))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not (run / "checkpoint.npz").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    return process


@pytest.mark.slow
def test_ctrl_c_saves_and_exits_with_130(data: Path, tmp_path: Path) -> None:
    process = start(data, tmp_path / "run")
    process.send_signal(signal.SIGINT)
    _, shown = process.communicate(timeout=30)
    assert process.returncode == 130
    last = f"{tmp_path / 'run'}: stopped; --resume continues from its last checkpoint\n"
    assert shown.endswith(last)
    assert main(["generate", str(tmp_path / "run"), "-n", "1", "--max-chars", "20"]) == 0


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_a_checkpoint_that_works_and_can_be_resumed(
    data: Path, tmp_path: Path
) -> None:
    for number in range(4):
        run = tmp_path / str(number)
        process = start(data, run)
        time.sleep(0.13 * number)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert main(["generate", str(run), "-n", "1", "--max-chars", "20"]) == 0
        Trainer.resume(data, run, Budget(minutes=5))
