"""The small form of a run."""

from pathlib import Path

import numpy as np

from tuneloom.model.export.ship_run import ship_run
from tuneloom.model.runs.directory import RunDirectory


def test_a_small_form_is_a_run_with_rounded_weights(trained: Path, tmp_path: Path) -> None:
    run = RunDirectory.open(trained)
    ship_run(run, tmp_path)
    small = RunDirectory.open(tmp_path)
    assert small.config == run.config
    assert small.metrics.read_bytes() == run.metrics.read_bytes()
    whole = run.load_network().model.weights
    for weight, rounded in zip(whole, small.load_network().model.weights, strict=True):
        np.testing.assert_array_equal(rounded.numpy(), weight.numpy().astype(np.float16))
    assert small.model.stat().st_size < run.model.stat().st_size
