"""What a notebook shows of a run."""

import re
from html import unescape
from pathlib import Path

import pytest

from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.metrics import Metrics, MetricsRow


def run_in(path: Path, config: TrainingConfig | None = None, base: str = "") -> RunDirectory:
    run = RunDirectory(path, config or TrainingConfig(), "0123abcd", Vocabulary("AB|é"), base=base)
    run.create()
    return run


def rows_to(steps: int, last_rate: float) -> list[MetricsRow]:
    rows = [
        MetricsRow(step, step / 1000, 64 * step, step / 10, 4e-3, 2 - step / 1000)
        for step in range(50, steps, 50)
    ]
    bits = 2 - steps / 1000
    last = MetricsRow(
        steps, steps / 1000, 64 * steps, steps / 10, last_rate, bits, bits + 0.1, 95.0, 70.0
    )
    return [*rows, last]


def facts_of(run: RunDirectory) -> dict[str, str]:
    rows = re.findall("<tr><th[^>]*>(.*?)</th><td[^>]*>(.*?)</td></tr>", run._repr_html_())
    return {name: unescape(text) for name, text in rows}


def test_a_trained_run_shows_what_it_reached_and_its_curves(tmp_path: Path) -> None:
    run = run_in(tmp_path / "first", TrainingConfig(units=384))
    Metrics(rows_to(1000, 0.0)).write(run.metrics)
    run.samples.mkdir()
    run.samples.joinpath("0001000.abc").touch()
    run.model.touch()
    assert facts_of(run) == {
        "network": "aided, 1 layer of 384 units",
        "settings": "the defaults, but units 384",
        "training texts": f"profile melody, {run.vocabulary.size} characters",
        "state": "trained to the end of its schedule",
        "trained": "1,000 steps, 1.0 epochs, 1.7 minutes",
        "bits per character": "1.000 in training, 1.100 in validation (best 1.100, at step 1,000)",
        "tunes drawn": "95% parseable, 70% with every bar full, at step 1,000",
        "directory": str(run.path),
        "network file": "model.keras",
        "draws": f"1 tunebook in {run.samples}, the last one 0001000.abc",
    }
    assert 'alt="Progress of the run first"' in run._repr_html_()
    assert len(run._repr_html_()) < 40_000


def test_a_run_that_was_not_trained_says_so(tmp_path: Path) -> None:
    run = run_in(tmp_path, TrainingConfig.for_budget(1), base="runs/base")
    found = facts_of(run)
    assert found["state"] == "not trained yet: it has no metrics"
    assert found["network file"] == found["draws"] == "none yet"
    assert found["settings"] == "the defaults of a run of less than 6 minutes"
    assert found["fine-tuned from"] == "runs/base"
    assert "<img" not in run._repr_html_()


def test_a_run_that_ended_early_says_so(tmp_path: Path) -> None:
    run = run_in(tmp_path)
    Metrics(rows_to(500, 3e-3)).write(run.metrics)
    assert facts_of(run)["state"] == "stopped before the end of its schedule"


def test_a_run_that_another_process_trains_says_so(tmp_path: Path) -> None:
    run = run_in(tmp_path)
    with run.lock():
        assert facts_of(run)["state"] == "being trained by another process"
    assert facts_of(run)["state"].startswith("not trained yet")


@pytest.mark.parametrize("content", [b"step,epoch\n1,2\n", b"\xff\xfe", b"step\nmany\n"])
def test_metrics_that_cannot_be_read_are_told(tmp_path: Path, content: bytes) -> None:
    run = run_in(tmp_path)
    run.metrics.write_bytes(content)
    assert f"{run.metrics} cannot be read" in facts_of(run)["state"]


def test_the_name_of_a_run_is_text(tmp_path: Path) -> None:
    html = run_in(tmp_path / "<b>&")._repr_html_()
    assert html.startswith("<p><b>run &lt;b&gt;&amp;</b></p>")
