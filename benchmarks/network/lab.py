"""Bits per character on validation tunes, compared with the music lab's network trained for equally long.

The lab joins all tunes into one text with empty lines between them and trains on windows of 100
characters from anywhere in it: embedding 256, LSTM 1024, batch size 8, Adam at 5e-3. Both train on the
same tunes, and the lab's network gets as much CPU time as all cores had while ours was trained. Each
validation tune is predicted from a fresh state, its end included; the lab's network sees an empty line
before it, as in training. Arguments: a run trained on `data/mixed`; without one, a network is trained
for 20 minutes.
"""

from __future__ import annotations

import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.support.data_sets import mixed_data_set, training_texts
from tuneloom.model.data.vocabulary import Vocabulary

BATCH, WINDOW = 8, 100
MIN_REDUCTION = 0.12


def main(arguments: list[str]) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        run = Path(arguments[0]) if arguments else _train_run(Path(folder) / "run")
        ours, seconds = _run_bits(run)
    print(f"ours:      {ours:.3f} bits per character", flush=True)
    theirs, characters = _lab_bits(seconds)
    print(f"the lab's: {theirs:.3f} bits per character, {characters:,} characters learned")
    print(f"{100 * (1 - ours / theirs):.1f}% fewer (target: {100 * MIN_REDUCTION:.0f}%)")
    return ours <= (1 - MIN_REDUCTION) * theirs


def stock_network(vocabulary: int, embedding: int, units: int) -> Any:
    """The embedding, LSTM and dense layers of Keras."""
    from tuneloom.model.runtime.backend import keras

    return keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            keras.layers.Embedding(vocabulary, embedding),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Dense(vocabulary),
        ]
    )


def windows_from_anywhere(tokens: np.ndarray, batch: int, window: int) -> Iterator[np.ndarray]:
    """Endless windows at random offsets, (batch, window + 1)."""
    random = np.random.default_rng(0)
    while True:
        starts = random.integers(0, len(tokens) - window - 1, batch)
        yield tokens[starts[:, None] + np.arange(window + 1)]


class LabNetwork:
    """The lab's network and training step: a gradient tape in a `tf.function`."""

    def __init__(self, vocabulary: int, embedding: int = 256, units: int = 1024) -> None:
        from tuneloom.model.runtime.backend import keras, tf

        network, optimizer = (
            stock_network(vocabulary, embedding, units),
            keras.optimizers.Adam(5e-3),
        )

        def losses(tokens: Any) -> Any:
            logits = network(tokens[:, :-1])
            return keras.losses.sparse_categorical_crossentropy(
                tokens[:, 1:], logits, from_logits=True
            )

        def train_step(tokens: Any) -> Any:
            with tf.GradientTape() as tape:
                lost = losses(tokens)
            weights = network.trainable_variables
            optimizer.apply_gradients(zip(tape.gradient(lost, weights), weights, strict=True))
            return lost

        self._losses, self._train_step = tf.function(losses), tf.function(train_step)

    def learn(self, tokens: np.ndarray) -> float:
        """Train on windows, (batch, window + 1); returns the mean loss in nats."""
        return float(self._train_step(tokens).numpy().mean())

    def nats(self, tokens: np.ndarray) -> np.ndarray:
        """The loss of each token but the first in nats, (batch, time)."""
        found: np.ndarray = self._losses(tokens).numpy()
        return found


def _lab_bits(seconds: float) -> tuple[float, int]:
    """Bits per character after so many CPU seconds, and the characters learned in them."""
    train, validation = training_texts("train"), training_texts("validation")
    vocabulary = Vocabulary("".join(sorted(set("".join(train + validation)))))
    lab = LabNetwork(vocabulary.size)
    stream = windows_from_anywhere(vocabulary.encode("\n".join(train)), BATCH, WINDOW)
    lab.learn(next(stream))
    steps, began = 0, time.process_time()
    while time.process_time() - began < seconds:
        lab.learn(next(stream))
        steps += 1
    nats = characters = 0.0
    for text in sorted(validation, key=len):
        # The empty line that ends the tune before, the tune, and the empty line that ends it.
        tokens = vocabulary.encode("\n\n" + text + "\n")[None]
        padded = np.pad(tokens, ((0, 0), (0, -tokens.shape[1] % 64)))
        found = lab.nats(padded)[0, 1 : tokens.shape[1] - 1]
        nats += float(found.sum())
        characters += len(found)
    return nats / characters / math.log(2), steps * BATCH * WINDOW


def _train_run(run: Path) -> Path:
    """Train a run with the command that a user types."""
    command = ["train", str(mixed_data_set()), "--run", str(run), "--minutes", "20"]
    subprocess.run([sys.executable, "-m", "tuneloom", *command], check=True)
    return run


def _run_bits(run: Path) -> tuple[float, float]:
    """The bits of the best validation, and the CPU seconds that all cores had during the run.

    They are for a character of the tunes in their own keys, as the lab's are; a run may read them in C, with
    more octave marks.
    """
    from tuneloom.grammar.processes import usable_cores
    from tuneloom.model.runs.directory import RunDirectory
    from tuneloom.model.runs.metrics import Metrics

    rows = Metrics.read(run / "metrics.csv", last_step=2**31).rows
    bits = min(row.validation_bits for row in rows if row.validation_bits is not None)
    spelling, texts = RunDirectory.open(run).spelling, training_texts("validation")
    characters = sum(len(text) + 1 for text in texts)
    characters_read = sum(len(spelling.to_network(text)) + 1 for text in texts)
    return bits * characters_read / characters, rows[-1].seconds * usable_cores()
