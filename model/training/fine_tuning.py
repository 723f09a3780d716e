"""Runs that begin with the network of another run."""

from __future__ import annotations

from pathlib import Path

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.growth import SIZE_SETTINGS, copy_weights
from tuneloom.model.network.network import Network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = ["check_base", "copy_base_network"]


def check_base(base: RunDirectory, config: TrainingConfig, data: Path, manifest: Manifest) -> None:
    """Check that a run with these settings and data may begin with the network of `base`.

    Raises:
        UsageError: it is of another size, or its training texts are of another profile.
    """
    if base.profile != manifest.profile:
        raise UsageError(
            f"{base.path}: trained on the profile {base.profile}, but {data} has the profile "
            f"{manifest.profile}; ingest it with --profile {base.profile}"
        )
    for name in SIZE_SETTINGS:
        has, wanted = getattr(base.config, name), getattr(config, name)
        if has != wanted:
            raise UsageError(
                f"{base.path}: {name} is {has!r} in its network, which cannot become {wanted!r}; "
                "leave it out, or train a new network"
            )


def copy_base_network(base: RunDirectory, network: Network, vocabulary: Vocabulary) -> None:
    """Give a new network over `vocabulary` the weights of the best network of `base`.

    Raises:
        UsageError: `base` has no network that fits.
    """
    trained = base.load_network()
    try:
        copy_weights(trained, base.vocabulary, network, vocabulary)
    except ValueError as error:
        raise UsageError(f"{base.model}: does not fit its settings ({error})") from error
