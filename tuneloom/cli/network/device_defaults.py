"""The settings that suit the device, where a user leaves them open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tuneloom.model.network.catalogue import ARCHITECTURES
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runtime.backend import has_gpu
from tuneloom.model.runtime.devices import has_bfloat16_products

__all__ = ["with_device_defaults"]


def with_device_defaults(config: TrainingConfig, given: Collection[str]) -> TrainingConfig:
    """The settings with the layout and the precision that are fastest here, unless they are given.

    A GPU reads padded tunes through cuDNN. A processor that multiplies bfloat16 numbers does so, which
    leaves the network as good as it was (docs/training.md).
    """
    if "layout" not in given:
        config = replace(config, layout="padded" if has_gpu() else "packed")
    if "precision" not in given:
        known = ARCHITECTURES.find(config.architecture)().precisions
        fast = config.layout == "packed" and "bfloat16" in known and has_bfloat16_products()
        config = replace(config, precision="bfloat16" if fast else "float32")
    return config
