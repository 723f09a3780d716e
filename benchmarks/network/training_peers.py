"""The others that `python -m benchmarks training` trains: Keras, PyTorch, JAX and the music lab's loop.

Each is given the sizes of the embedding, the LSTM, the batch and the window, and how many steps to take, and
returns characters per second. They train on windows from anywhere in the tunes joined end to end.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import numpy as np

from benchmarks.network.lab import LabNetwork, stock_network, windows_from_anywhere
from benchmarks.support.data_sets import training_texts
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = [
    "VOCABULARY", "WARM_UP_STEPS", "characters_per_second", "texts_and_vocabulary", "train_jax",
    "train_keras", "train_lab", "train_torch",
]  # fmt: skip

VOCABULARY = 100
WARM_UP_STEPS = 3


def characters_per_second(step: Callable[[int], Any], characters: int, steps: int) -> float:
    """Characters per second: the median over the steps, each with its own input."""
    for number in range(WARM_UP_STEPS):
        step(number)
    seconds = []
    for number in range(WARM_UP_STEPS, WARM_UP_STEPS + steps):
        began = time.perf_counter()
        step(number)
        seconds.append(time.perf_counter() - began)
    return characters / median(seconds)


def texts_and_vocabulary() -> tuple[list[str], Vocabulary]:
    """The training texts, and the characters in them."""
    found = training_texts()
    return found, Vocabulary("".join(sorted(set("".join(found)))))


def _random_windows(batch: int, window: int) -> Iterator[np.ndarray]:
    """Endless windows from anywhere in the tunes joined end to end, (batch, window + 1)."""
    found, vocabulary = texts_and_vocabulary()
    return windows_from_anywhere(vocabulary.encode("".join(found)), batch, window)


def train_keras(embedding: int, units: int, batch: int, window: int, steps: int) -> float:
    """`model.fit` of the stock network."""
    from tuneloom.model.runtime.backend import keras, tf

    network = stock_network(VOCABULARY, embedding, units)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(1e-3), loss)
    stream = _random_windows(batch, window)
    every = np.concatenate([next(stream) for _ in range(steps)])
    data = tf.data.Dataset.from_tensor_slices((every[:, :-1], every[:, 1:])).batch(batch)
    network.fit(data.take(2), verbose=0)
    began = time.perf_counter()
    network.fit(data, verbose=0)
    return steps * batch * window / (time.perf_counter() - began)


def train_lab(embedding: int, units: int, batch: int, window: int, steps: int) -> float:
    """The loop of the music lab."""
    lab = LabNetwork(VOCABULARY, embedding, units)
    stream = _random_windows(batch, window)
    return characters_per_second(lambda _: lab.learn(next(stream)), batch * window, steps)


def train_torch(embedding: int, units: int, batch: int, window: int, steps: int) -> float:
    """`nn.LSTM` and Adam."""
    import torch

    embed = torch.nn.Embedding(VOCABULARY, embedding)
    lstm = torch.nn.LSTM(embedding, units, batch_first=True)
    dense = torch.nn.Linear(units, VOCABULARY)
    weights = [weight for layer in (embed, lstm, dense) for weight in layer.parameters()]
    optimizer = torch.optim.Adam(weights, 1e-3)
    stream = _random_windows(batch, window)

    def step(_: int) -> None:
        tokens = torch.from_numpy(next(stream)).long()
        optimizer.zero_grad()
        logits = dense(lstm(embed(tokens[:, :-1]))[0])
        targets = tokens[:, 1:].reshape(-1)
        torch.nn.functional.cross_entropy(logits.reshape(-1, VOCABULARY), targets).backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()

    return characters_per_second(step, batch * window, steps)


def train_jax(embedding: int, units: int, batch: int, window: int, steps: int) -> float:
    """A `lax.scan` over the window and Adam, compiled together."""
    import jax
    from jax import numpy as jnp

    shapes = {
        "embedding": (VOCABULARY, embedding), "kernel": (embedding, 4 * units),
        "recurrent": (units, 4 * units), "bias": (4 * units,),
        "dense": (units, VOCABULARY), "dense bias": (VOCABULARY,),
    }  # fmt: skip
    keys = jax.random.split(jax.random.key(1), len(shapes))
    weights = {
        name: 0.05 * jax.random.normal(key, shape)
        for key, (name, shape) in zip(keys, shapes.items(), strict=True)
    }
    zeros = jax.tree.map(jnp.zeros_like, weights)

    def loss(weights: Any, tokens: Any) -> Any:
        inputs = weights["embedding"][tokens[:, :-1].T] @ weights["kernel"] + weights["bias"]

        def cell(state: Any, projected: Any) -> Any:
            hidden, memory = state
            enter, forget, new, leave = jnp.split(projected + hidden @ weights["recurrent"], 4, -1)
            memory = jax.nn.sigmoid(forget) * memory + jax.nn.sigmoid(enter) * jnp.tanh(new)
            hidden = jax.nn.sigmoid(leave) * jnp.tanh(memory)
            return (hidden, memory), hidden

        nothing = jnp.zeros((batch, units))
        _, hidden = jax.lax.scan(cell, (nothing, nothing), inputs)
        logits = jax.nn.log_softmax(hidden @ weights["dense"] + weights["dense bias"])
        return -jnp.take_along_axis(logits, tokens[:, 1:].T[..., None], -1).mean()

    def learn(weights: Any, means: Any, squares: Any, number: Any, tokens: Any) -> Any:
        slopes = jax.grad(loss)(weights, tokens)
        norm = jnp.sqrt(sum(jnp.sum(slope**2) for slope in jax.tree.leaves(slopes)))
        slopes = jax.tree.map(lambda slope: slope / jnp.maximum(norm, 1.0), slopes)
        means = jax.tree.map(lambda mean, slope: 0.9 * mean + 0.1 * slope, means, slopes)
        squares = jax.tree.map(lambda mean, slope: 0.999 * mean + 0.001 * slope**2, squares, slopes)
        size = 1e-3 * jnp.sqrt(1 - 0.999**number) / (1 - 0.9**number)
        weights = jax.tree.map(
            lambda weight, mean, square: weight - size * mean / (jnp.sqrt(square) + 1e-7),
            weights,
            means,
            squares,
        )
        return weights, means, squares

    stream = _random_windows(batch, window)
    compiled = jax.jit(learn)
    state = [weights, zeros, zeros]

    def step(number: int) -> None:
        state[:] = compiled(*state, number + 1.0, jnp.asarray(next(stream)))
        jax.block_until_ready(state)

    return characters_per_second(step, batch * window, steps)
