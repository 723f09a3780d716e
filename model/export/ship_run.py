"""`python -m tuneloom.model.export.ship_run RUN DIRECTORY` writes the small form of a run.

The run that comes with the package was made with it. All commands read a small form as they read a run,
but it has no checkpoint to resume from.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from tuneloom.model.network.keras_file import write_keras_file
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.atomic import atomic_output

__all__ = ["ship_run"]


def ship_run(run: RunDirectory, directory: Path) -> RunDirectory:
    """Write settings, metrics, and the best network of a run into an existing directory.

    Each weight is rounded to 11 significant bits, as float16 has. What follows in a float32 are zeros then,
    which compress to half the size, and Keras reads the file as any other.

    Raises:
        UsageError: the run has no network yet.
    """
    network = run.load_network()
    for weight in network.model.weights:
        weight.assign(weight.numpy().astype(np.float16).astype(np.float32))
    shipped = replace(run, path=directory)
    shipped.write_config()
    shipped.metrics.write_bytes(run.metrics.read_bytes())
    with atomic_output(shipped.model) as temporary:
        write_keras_file(network.model, temporary, compressed=True)
    return shipped


if __name__ == "__main__":
    ship_run(RunDirectory.open(Path(sys.argv[1])), Path(sys.argv[2]))
