"""Networks of any registered architecture, new or loaded from a file."""

from __future__ import annotations

from pathlib import Path

from tuneloom.grammar.errors import UsageError
from tuneloom.model.network.catalogue import ARCHITECTURES
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.keras_file import read_keras_file
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
    """The network in a Keras file, which was built with these settings.

    Raises:
        UsageError: there is no such architecture, Keras cannot open the file, or it holds another network.
    """
    architecture = ARCHITECTURES.find(config.architecture)()
    model = read_keras_file(path)
    if _shapes(model) != _shapes(architecture.build_model(config, vocabulary_size)):
        raise UsageError(f"{path}: not a network with the settings of this run; train again")
    return architecture(model, config)


def _shapes(model: keras.Model) -> list[tuple[int, ...]]:
    return [tuple(weight.shape) for weight in model.weights]
