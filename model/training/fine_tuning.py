"""Runs that begin with the network of another run, whose vocabulary may have fewer characters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.spelling import Spelling
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.network import Network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = ["check_base", "copy_base_network", "copy_weights"]

_SIZE_SETTINGS = (
    "architecture",
    "aids",
    "aid_embedding",
    "hint_logits",
    "cell",
    "embedding",
    "units",
    "layers",
)
"""The settings that the shapes of the weights follow from."""


def check_base(base: RunDirectory, config: TrainingConfig, data: Path, manifest: Manifest) -> None:
    """Check that a run with these settings and data may begin with the network of `base`.

    Raises:
        UsageError: it is of another size, or reads texts of another profile or spelling.
    """
    if base.profile != manifest.profile:
        raise UsageError(
            f"{base.path}: trained on the profile {base.profile}, but {data} has the profile "
            f"{manifest.profile}; ingest it with --profile {base.profile}"
        )
    if Spelling.of(base.config.keys) != Spelling.of(config.keys):
        raise UsageError(
            f"{base.path}: learned with keys {base.config.keys}, and reads music in another key than "
            f"with keys {config.keys}; leave keys out, or train a new network"
        )
    for name in _SIZE_SETTINGS:
        has, wanted = getattr(base.config, name), getattr(config, name)
        if has != wanted:
            raise UsageError(
                f"{base.path}: {name} is {has!r} in its network, which cannot become {wanted!r}; "
                "leave it out, or train a new network"
            )


def copy_base_network(base: RunDirectory, network: Network, vocabulary: Vocabulary) -> None:
    """Give a new network over `vocabulary` the weights of the best network of `base`.

    Raises:
        UsageError: `base` has no network, or it cannot be opened.
    """
    copy_weights(base.load_network(), base.vocabulary, network, vocabulary)


def copy_weights(
    source: Network, known: Vocabulary, target: Network, vocabulary: Vocabulary
) -> None:
    """Give `target`, a network over `vocabulary`, the weights of `source`, one over the `known` part of it.

    An axis that runs over the tokens, and over other things after them, has the size of the vocabulary or
    more, and is known by having grown. A new token gets the mean over the known ones, in its embedding and
    in the weights of its logit, so that it takes little from their probabilities (Hewitt, 2021).

    Raises:
        ValueError: the networks differ in more than their vocabulary.
    """
    tokens = np.append(np.int32(BOUNDARY), vocabulary.encode(known.characters))  # (known tokens,)
    for old, new in zip(source.model.weights, target.model.weights, strict=True):
        new.assign(_grown(old.numpy(), new.shape, tokens, vocabulary.size))


def _grown(
    weight: NDArray[np.float32], shape: Sequence[int], tokens: NDArray[np.int32], size: int
) -> NDArray[np.float32]:
    for axis, (before, after) in enumerate(zip(weight.shape, shape, strict=True)):
        if before != after:
            if after - size != before - len(tokens) or after < size:
                raise ValueError(
                    f"a weight of shape {weight.shape} does not fit one of {tuple(shape)}"
                )
            weight = np.moveaxis(_grown_rows(np.moveaxis(weight, axis, 0), tokens, size), 0, axis)
    return weight


def _grown_rows(
    rows: NDArray[np.float32], tokens: NDArray[np.int32], size: int
) -> NDArray[np.float32]:
    """A row for each token of the larger vocabulary, and the others after them, (size + others, …)."""
    known, others = rows[: len(tokens)], rows[len(tokens) :]
    grown = np.repeat(known.mean(axis=0, keepdims=True), size, axis=0)
    grown[tokens] = known
    return np.concatenate([grown, others])
