"""Networks of any registered architecture, new or loaded from a file."""

from __future__ import annotations

from pathlib import Path

from tuneloom.model.network.catalogue import ARCHITECTURES
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.keras_file import read_weights
from tuneloom.model.network.network import Network
from tuneloom.model.runtime.backend import keras

__all__ = ["build_network", "load_network"]


def build_network(config: TrainingConfig, vocabulary_size: int) -> Network:
    """A network with new weights, drawn after setting the global random seeds to the config's.

    Raises:
        UsageError: there is no such architecture.
    """
    architecture = ARCHITECTURES.find(config.architecture)()
    keras.utils.set_random_seed(config.seed)
    return architecture(architecture.build_model(config, vocabulary_size), config)


def load_network(path: Path, config: TrainingConfig, vocabulary_size: int) -> Network:
    """The network with these settings, and the weights in a Keras file.

    Raises:
        UsageError: there is no such architecture, the file cannot be opened, or it holds another network.
    """
    architecture = ARCHITECTURES.find(config.architecture)()
    model = architecture.build_model(config, vocabulary_size)
    read_weights(path, model)
    return architecture(model, config)
