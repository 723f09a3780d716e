import os
import subprocess
import sys
from pathlib import Path

import pytest

from tuneloom.cli.app import main

DEAD_END = "http://127.0.0.1:9"


def test_what_is_here_already_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch", "fife"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("2 files, 68 kB in ")
    assert shown.rstrip().endswith("miscFolk")


def test_a_source_can_be_narrowed(
    corpora: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TUNELOOM_CORPORA", str(corpora))
    assert main(["fetch", "nottingham/xmas"]) == 0
    assert capsys.readouterr().out.startswith("1 file, 4 kB in ")


@pytest.mark.slow
def test_without_a_network_the_command_says_what_to_do(tmp_path: Path) -> None:
    environment = os.environ | {
        "TUNELOOM_CORPORA": "",
        "XDG_CACHE_HOME": str(tmp_path),
        "https_proxy": DEAD_END,
    }
    done = subprocess.run(
        [sys.executable, "-m", "tuneloom", "fetch", "irish"],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: source irish: cannot download irish.abc from raw.")
    assert "TUNELOOM_CORPORA" in done.stderr
    assert done.stderr.count("\n") == 1
