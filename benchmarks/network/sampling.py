"""Characters of tunes drawn per second, with and without constraints, compared with the music lab.

Arguments: RUN and the number of rounds (default: 3). The contestants take turns in one process, and the
figures are medians. The lab's loop feeds a stateful Keras model one
character, draws the next one and brings it back to Python; that model and the plain network have the
sizes of the run's, and new weights. On a machine that does other work, compare
characters per CPU second.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from tuneloom.model.constraints.constraint import Constraint
from tuneloom.model.constraints.metre_constraint import MetreConstraint
from tuneloom.model.constraints.syntax.syntax_constraint import syntax_constraint
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary
from tuneloom.model.network.build import build_network
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.network import Network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.backend import keras, tf
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.sampler import Sampler

TUNES, ONE_AT_A_TIME, LAB_CHARACTERS = 10_000, 10, 1000
TARGETS = {
    ("free", None): 30_000,
    ("syntax", "free"): 0.9,
    ("metre", "free"): 0.8,
    ("free", "plain"): 0.6,
    ("free", "lab"): 500,
    ("one at a time", "lab"): 15,
}


def main(arguments: list[str]) -> bool:
    path, *rest = arguments
    run = RunDirectory.open(Path(path))
    network, vocabulary = run.load_network(), run.vocabulary
    plain = build_network(replace(run.config, architecture="plain"), vocabulary.size)
    ours = partial(_our_contestant, network, vocabulary)
    contestants = {
        "free": ours(TUNES, 64),
        "syntax": ours(TUNES, 64, syntax_constraint(vocabulary)),
        "metre": ours(TUNES, 64, MetreConstraint(vocabulary)),
        "one at a time": ours(ONE_AT_A_TIME, 1),
        "plain": _our_contestant(plain, vocabulary, TUNES, 64),
        "lab": _lab_contestant(run.config, vocabulary.size),
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in contestants}
    for _ in range(int(rest[0]) if rest else 3):
        for name, draw in contestants.items():
            found[name].append(_rates_of(draw))
    speed = {name: median(wall for wall, _ in figures) for name, figures in found.items()}
    for name, figures in found.items():
        cpu = median(cpu for _, cpu in figures)
        print(f"{name:<14} {speed[name]:10,.0f} chars/s {cpu:10,.0f} chars/CPU second")
    return _print_ratios(speed)


def _print_ratios(speed: dict[str, float]) -> bool:
    reached = True
    for (name, other), least in TARGETS.items():
        figure = speed[name] / (speed[other] if other else 1)
        reached = reached and figure >= least
        print(f"{f'{name} / {other}' if other else name:<20} {figure:10,.2f}   target {least:,}")
    return reached


def _rates_of(draw: Callable[[], int]) -> tuple[float, float]:
    """Characters per second, and per CPU second."""
    began, cpu = time.perf_counter(), time.process_time()
    characters = draw()
    return (
        characters / (time.perf_counter() - began),
        characters / (time.process_time() - cpu),
    )


def _our_contestant(
    network: Network,
    vocabulary: Vocabulary,
    tunes: int,
    batch_size: int,
    constraint: Constraint | None = None,
) -> Callable[[], int]:
    config = SamplingConfig(batch_size=batch_size)
    sampler = Sampler.of(network, vocabulary, config, constraint=constraint)
    sampler.sample(ONE_AT_A_TIME)
    return lambda: sum(len(draw.tokens) + 1 for draw in sampler.sample(tunes))


def _lab_contestant(config: TrainingConfig, vocabulary_size: int) -> Callable[[], int]:
    stock = keras.Sequential(
        [
            keras.Input((1,), batch_size=1, dtype="int32"),
            keras.layers.Embedding(vocabulary_size, config.embedding),
            keras.layers.LSTM(config.units, return_sequences=True, stateful=True),
            keras.layers.Dense(vocabulary_size),
        ]
    )

    def draw() -> int:
        token = tf.constant([[BOUNDARY]])
        written = []
        for _ in range(LAB_CHARACTERS):
            logits = stock(token)[0]  # (1, vocabulary)
            drawn = tf.random.categorical(logits, num_samples=1)[-1, 0].numpy()
            token = tf.expand_dims([drawn], 0)
            written.append(drawn)
        return len(written)

    return draw
