"""Training speed in characters per second, compared with Keras, PyTorch, JAX and the music lab's loop.

The contestants take turns, each in a process of its own with all cores, and train on the same real
tunes; the figures are medians over the rounds. Ours trains on real batches, resets the state where a
tune begins and applies dropout; the others train on windows of the same text and do neither. PyTorch
and JAX take part if they are installed (`uv pip install --group benchmark`). Arguments: the number of
rounds (default: 3).

`steps [DATA]` instead compares steps of the networks with and without aids, in both precisions of products,
on a data set directory (default: data/mixed): they take turns, and the figures are the best of STEPS.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.network.training_peers import (
    VOCABULARY,
    WARM_UP_STEPS,
    characters_per_second,
    texts_and_vocabulary,
    train_jax,
    train_keras,
    train_lab,
    train_torch,
)
from benchmarks.support.data_sets import mixed_data_set
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import Precision

SETTINGS = {
    # contestant: (embedding, units, batch, window, steps)
    "ours": (256, 512, 64, 256, 20),
    "ours, one core": (256, 512, 64, 256, 10),
    "keras": (256, 512, 64, 256, 8),
    "torch": (256, 512, 64, 256, 12),
    "jax": (256, 512, 64, 256, 8),
    "ours, 256 units": (256, 256, 64, 256, 30),
    "keras, 256 units": (256, 256, 64, 256, 16),
    "torch, 256 units": (256, 256, 64, 256, 20),
    "jax, 256 units": (256, 256, 64, 256, 16),
    "ours, 1024 units": (256, 1024, 64, 256, 6),
    "ours, as the lab": (256, 1024, 8, 100, 60),
    "lab": (256, 1024, 8, 100, 60),
}
STEPS = 40
NETWORKS: tuple[tuple[str, Precision], ...] = (
    ("plain", "float32"), ("aided", "float32"), ("plain", "bfloat16"), ("aided", "bfloat16"),
)  # fmt: skip
STEP_SIZES = ((256, 16), (512, 32))  # units and unroll length, of a short run and a long one


def main(arguments: list[str]) -> bool:
    if arguments and arguments[0] == "--only":
        return _measure_alone(arguments[1])
    if arguments and arguments[0] == "steps":
        return _compare_steps(Path(arguments[1]) if arguments[1:] else mixed_data_set())
    rounds = int(arguments[0]) if arguments else 3
    mixed_data_set()
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name in ["peak", *SETTINGS, "input", "memory"]:
            if (figure := _figure_of(name)) is not None:
                found.setdefault(name, []).append(figure)
    speed = {name: median(figures) for name, figures in found.items()}
    return _print_speeds(speed)


def _print_speeds(speed: dict[str, float]) -> bool:
    embedding, units, *_ = SETTINGS["ours, 1024 units"]
    weights = 4 * units * (embedding + units + 1) + units * VOCABULARY + embedding * VOCABULARY
    share = 6 * weights * speed["ours, 1024 units"] / speed["peak"]
    for name in SETTINGS:
        shown = f"{speed[name]:10,.0f} chars/s" if name in speed else "         not installed"
        print(f"{name:<18} {shown}")
    figures = [
        ("ours / keras", speed["ours"] / speed["keras"], 2.8),
        ("ours, one core / keras", speed["ours, one core"] / speed["keras"], 0),
        ("ours / torch", speed["ours"] / speed.get("torch", np.inf), 1.4),
        ("ours / jax", speed["ours"] / speed.get("jax", np.inf), 1.0),
        *(
            (f"ours / {name}", speed["ours, 256 units"] / speed.get(name, np.inf), 1.0)
            for name in SETTINGS
            if name.endswith("256 units") and not name.startswith("ours")
        ),
        ("ours, as the lab / lab", speed["ours, as the lab"] / speed["lab"], 3.0),
        ("share of the sgemm peak, 1024 units", share, 0.5),
        ("input pipeline, million chars/s", speed["input"] / 1e6, 10),
        ("peak memory of a run, GiB (at most)", speed["memory"] / 2**30, -2),
    ]
    reached = True
    for name, figure, least in figures:
        meets = figure >= least if least >= 0 else figure <= -least
        reached = reached and (meets or figure == 0)
        print(f"{name:<36} {figure:6.2f}   target {abs(least)}")
    return reached


def _figure_of(name: str) -> float | None:
    command = [sys.executable, "-m", "benchmarks", "training", "--only", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        if "No module named 'torch'" in done.stderr or "No module named 'jax'" in done.stderr:
            return None
        raise SystemExit(done.stderr)
    return float(done.stdout.split()[-1])


def _measure_alone(name: str) -> bool:
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    others: dict[str, Callable[[], float]] = {
        "peak": _peak_operations,
        "input": _input_speed,
        "memory": _run_memory,
    }
    contestants = {
        "keras": train_keras,
        "torch": train_torch,
        "jax": train_jax,
        "lab": train_lab,
    }
    if name in others:
        print(others[name]())
    else:
        print(contestants.get(name.partition(",")[0], _train_ours)(*SETTINGS[name]))
    return True


def _train_ours(embedding: int, units: int, batch: int, window: int, steps: int) -> float:
    from tuneloom.model.data.augmentation import TransposedTunes
    from tuneloom.model.network.build import build_network
    from tuneloom.model.network.config import TrainingConfig
    from tuneloom.model.network.layouts import layout_of
    from tuneloom.model.runs.progress import TrainingProgress
    from tuneloom.model.runtime.threads import configure_threads
    from tuneloom.model.training.batches import training_batches
    from tuneloom.model.training.step import TrainStep

    if sys.argv[-1] == "ours, one core":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
    configure_threads(batch)
    found, vocabulary = texts_and_vocabulary()
    config = TrainingConfig(
        "plain",
        embedding=embedding,
        units=units,
        batch_size=batch,
        unroll_length=window,
        dropout=0.25,
    )
    train_step = TrainStep(build_network(config, VOCABULARY), config, batch)
    tunes = TransposedTunes.of(found, vocabulary, Path(), transpose=False)
    windows = training_batches(tunes, layout_of(config), batch, config.seed, TrainingProgress())
    return characters_per_second(
        lambda n: train_step.run(next(windows)[0], 5e-3, n), batch * window, steps
    )


def _compare_steps(data: Path) -> bool:
    from tuneloom.model.network.build import build_network
    from tuneloom.model.network.config import TrainingConfig
    from tuneloom.model.network.layouts import layout_of
    from tuneloom.model.runs.progress import TrainingProgress
    from tuneloom.model.runtime.threads import configure_threads
    from tuneloom.model.training.batches import training_batches
    from tuneloom.model.training.inputs import TrainingInputs
    from tuneloom.model.training.step import TrainStep
    from tuneloom.pipeline.dataset.manifest import Manifest

    default, manifest = TrainingConfig(), Manifest.load(data)
    configure_threads(default.batch_size)
    known = Vocabulary(manifest.vocabulary)
    inputs = TrainingInputs.read(data, manifest, default, known, extends=True)
    for units, unroll_length in STEP_SIZES:
        sized = replace(default, units=units, unroll_length=unroll_length)
        configs = [
            replace(sized, architecture=architecture, precision=precision)
            for architecture, precision in NETWORKS
        ]
        train_steps = [
            TrainStep(build_network(each, inputs.vocabulary.size), each, each.batch_size)
            for each in configs
        ]
        batches = training_batches(
            inputs.tunes, layout_of(sized), sized.batch_size, sized.seed, TrainingProgress()
        )
        shape = WARM_UP_STEPS + STEPS, len(NETWORKS), 2  # by the clock, and of all cores
        seconds = np.empty(shape)
        for number, (row, (batch, _)) in enumerate(zip(seconds, batches, strict=False)):
            for turn, train_step in enumerate(train_steps):
                began = time.perf_counter(), time.process_time()
                train_step.run(batch, 1e-3, number)
                row[turn] = time.perf_counter() - began[0], time.process_time() - began[1]
        best = seconds[WARM_UP_STEPS:].min(axis=0)
        for (name, precision), (wall, processor) in zip(NETWORKS, best, strict=True):
            characters = sized.batch_size * unroll_length
            print(
                f"{units} units, unroll {unroll_length}, {name}, {precision:<9} "
                f"{1e3 * wall:6.1f} ms, {1e3 * processor:6.1f} ms of processor time; "
                f"{characters / wall:8,.0f} chars/s"
            )
    return True


def _peak_operations() -> float:
    """Single-precision operations per second in a large matrix product on all cores."""
    from tuneloom.model.runtime.backend import tf

    side = 4096
    one, other = tf.random.normal((side, side)), tf.random.normal((side, side))
    return 2 * characters_per_second(lambda _: (one @ other).numpy(), side**3, 5)


def _input_speed() -> float:
    """Characters per second of the batches alone, transposition and packing included."""
    from tuneloom.model.data.augmentation import TransposedTunes
    from tuneloom.model.network.config import TrainingConfig
    from tuneloom.model.network.layouts import layout_of
    from tuneloom.model.runs.progress import TrainingProgress
    from tuneloom.model.training.batches import training_batches

    found, vocabulary = texts_and_vocabulary()
    config = TrainingConfig()
    tunes = TransposedTunes.of(found, vocabulary, Path(), transpose=True)
    characters, began = 0, time.perf_counter()
    for batch, position in training_batches(
        tunes, layout_of(config), config.batch_size, config.seed, TrainingProgress()
    ):
        characters += int(batch.tokens.size)
        if position.epoch == 5:
            return characters / (time.perf_counter() - began)
    raise AssertionError


def _run_memory() -> float:
    """Peak memory in bytes of a run with the default settings."""
    import tempfile

    from tuneloom.cli.app import main as tuneloom

    with tempfile.TemporaryDirectory() as folder:
        run = ["train", str(mixed_data_set()), "--run", f"{folder}/run", "--steps", "600"]
        assert tuneloom(run) == 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
