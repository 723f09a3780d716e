"""The formats in which a trained network can be written, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tuneloom.model.export.onnx_step import to_onnx
from tuneloom.model.export.safetensors_file import to_safetensors
from tuneloom.model.network.network import Network

__all__ = ["NETWORK_FORMATS", "NetworkFormat"]

NetworkFormat = Callable[[Network, Mapping[str, str]], bytes]
"""Makes the content of a file from a network and texts about it."""

NETWORK_FORMATS: dict[str, NetworkFormat] = {"safetensors": to_safetensors, "onnx": to_onnx}
"""Each format, in the order in which help lists them; the name is also the suffix of the file."""
