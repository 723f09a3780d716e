"""The two batch layouts: how tunes are batched, and how a network's loss on a batch is computed."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from tuneloom.model.data.batching import TokenizedTunes, packed_batches, padded_batches
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.loss import packed_loss, padded_loss
from tuneloom.model.network.network import DropoutMasks, Network, NetworkState
from tuneloom.model.runtime.backend import Tensor
from tuneloom.model.runtime.threads import parallel_parts

__all__ = ["BatchLayout", "PackedLayout", "PaddedLayout", "layout_of"]


class BatchLayout(Protocol):
    """Arranges tunes in batches and computes the loss on them."""

    def batches(
        self, tunes: TokenizedTunes, batch_size: int, random: np.random.Generator
    ) -> list[NetworkInputs]:
        """All tunes in batches, (batch_size, time + 1) each: inputs and, shifted by one, targets."""

    def initial_state(self, network: Network, batch_size: int) -> NetworkState:
        """The state carried into the first batch."""

    def loss(
        self, network: Network, batch: NetworkInputs, state: NetworkState, masks: DropoutMasks = ()
    ) -> tuple[Tensor, Tensor, NetworkState]:
        """Nats, the number of targets, and the state to carry into the next batch."""


class PackedLayout:
    """Tunes end to end, cut into equal batches; the state is carried from batch to batch."""

    def __init__(self, unroll_length: int) -> None:
        self._unroll_length = unroll_length

    def batches(
        self, tunes: TokenizedTunes, batch_size: int, random: np.random.Generator
    ) -> list[NetworkInputs]:
        return list(packed_batches(tunes, batch_size, self._unroll_length, random))

    def initial_state(self, network: Network, batch_size: int) -> NetworkState:
        return network.initial_state(batch_size)

    def loss(
        self, network: Network, batch: NetworkInputs, state: NetworkState, masks: DropoutMasks = ()
    ) -> tuple[Tensor, Tensor, NetworkState]:
        parts = parallel_parts(batch.tokens.shape[0])
        return packed_loss(network, batch, state, masks, parts=parts)


class PaddedLayout:
    """Whole tunes, one in each row of a batch; no state is carried."""

    def batches(
        self, tunes: TokenizedTunes, batch_size: int, random: np.random.Generator
    ) -> list[NetworkInputs]:
        return list(padded_batches(tunes, batch_size, random))

    def initial_state(self, network: Network, batch_size: int) -> NetworkState:
        del network, batch_size
        return ()

    def loss(
        self, network: Network, batch: NetworkInputs, state: NetworkState, masks: DropoutMasks = ()
    ) -> tuple[Tensor, Tensor, NetworkState]:
        return *padded_loss(network, batch, masks), state


def layout_of(config: TrainingConfig) -> BatchLayout:
    """The layout that a configuration names."""
    return PaddedLayout() if config.layout == "padded" else PackedLayout(config.unroll_length)
