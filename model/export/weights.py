"""The weights of a network by name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.runtime.backend import keras

__all__ = ["named_weights"]


def named_weights(model: keras.Model) -> dict[str, NDArray[np.float32]]:
    """The weights of a Keras model, each under the names of its layer and its own, as `logits.kernel`.

    Where a layer has two of one name, as a bidirectional one has, all of them go by their paths.
    """
    pairs = [(layer, weight) for layer in model.layers for weight in layer.weights]
    names = [f"{layer.name}.{weight.name}" for layer, weight in pairs]
    if len({*names}) < len(names):
        names = [weight.path.replace("/", ".") for _, weight in pairs]
    return {
        name: np.ascontiguousarray(weight) for name, (_, weight) in zip(names, pairs, strict=True)
    }
