"""A network's weights in a safetensors file."""

from __future__ import annotations

from collections.abc import Mapping

from safetensors.numpy import save

from tuneloom.model.export.weights import named_weights
from tuneloom.model.network.network import Network

__all__ = ["to_safetensors"]


def to_safetensors(network: Network, metadata: Mapping[str, str]) -> bytes:
    """The content of a file with all weights, and texts about them."""
    return save(named_weights(network.model), dict(metadata))
