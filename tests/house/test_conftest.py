"""Tests with real tunes: skipped and counted where there are none, failing in CI."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).parents[1] / "conftest.py"
TEST = "def test_one(corpora): assert corpora.is_dir()\ndef test_two(corpora): pass\n"


def last_lines_of_a_run(folder: Path, **variables: str) -> list[str]:
    """Run two tests that ask for real tunes; what pytest prints in the end."""
    shutil.copy(CONFTEST, folder)
    folder.joinpath("test_tunes.py").write_text(TEST)
    without = {name: value for name, value in os.environ.items() if name != "CI"}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            folder,
            folder,
        ],
        env=without | variables,
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()[-2:]


def test_without_real_tunes_a_run_counts_the_tests_that_were_skipped(tmp_path: Path) -> None:
    count, summary = last_lines_of_a_run(tmp_path, TUNELOOM_CORPORA="")
    assert count == "2 tests went without real tunes: TUNELOOM_CORPORA names no folder"
    assert summary.startswith("2 skipped in ")


def test_in_ci_a_test_without_real_tunes_fails(tmp_path: Path) -> None:
    *_, summary = last_lines_of_a_run(tmp_path, TUNELOOM_CORPORA="", CI="true")
    assert summary.startswith("2 errors in ")


def test_with_real_tunes_nothing_is_skipped(tmp_path: Path) -> None:
    *_, summary = last_lines_of_a_run(tmp_path, TUNELOOM_CORPORA=str(tmp_path), CI="true")
    assert summary.startswith("2 passed in ")
