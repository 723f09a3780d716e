"""The weights of a network by name."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.runtime.backend import keras

__all__ = ["named_weights"]


def named_weights(model: keras.Model) -> dict[str, NDArray[np.float32]]:
    """The weights of a Keras model, each under the names of its layer and its own, as `logits.kernel`."""
    return {
        f"{layer.name}.{weight.name}": np.ascontiguousarray(weight)
        for layer in model.layers
        for weight in layer.weights
    }
