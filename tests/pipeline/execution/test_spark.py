"""The ingestion on a Spark of this machine."""

from pathlib import Path

import pytest

from tests.support.runs import decided_bytes, start_run
from tests.support.skipping import skip_without
from tests.support.spark import running_spark

pytestmark = pytest.mark.slow


def test_spark_makes_the_same_bytes(corpora: Path, tmp_path: Path) -> None:
    tunes = corpora / "nottingham" / "ABC_original"
    embedded = start_run("--input", tunes, "--output", tmp_path / "embedded")
    assert embedded.wait(timeout=120) == 0
    with skip_without("Spark"), running_spark() as options:
        run = start_run("--input", tunes, "--output", tmp_path / "spark", *options)
        _, errors = run.communicate(timeout=400)
    assert run.returncode == 0, errors
    here, there = decided_bytes(tmp_path / "embedded"), decided_bytes(tmp_path / "spark")
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []
