"""Runs that go on from the network of another run, on tunes with characters that it does not know."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.build import build_network
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.network import Network
from tuneloom.model.network.recurrent import PlainNetwork
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.backend import keras
from tuneloom.model.training.fine_tuning import copy_weights
from tuneloom.model.training.schedule import Budget
from tuneloom.model.training.trainer import Intervals, Trainer, TrainingStatus

Splits = dict[str, list[str]]
BUDGET = Budget(steps=8)
KNOWN, ALL = Vocabulary("ACDG|"), Vocabulary("ABCDEG^|")
PLAIN = TrainingConfig("plain")
TEXT = "CAG|DA|"


def ignore(_: TrainingStatus) -> None:
    """Report nothing."""


def weights(path: Path) -> list[np.ndarray]:
    return [weight.numpy() for weight in RunDirectory.open(path).load_network().model.weights]


@pytest.fixture(scope="module")
def sharp_data(
    splits: Splits,
    tmp_path_factory: pytest.TempPathFactory,
    write_data_set: Callable[[Path, Splits], None],
) -> Path:
    """The tunes of `trained` in D minor with an accidental, which adds three characters."""
    path = tmp_path_factory.mktemp("sharp")
    write_data_set(
        path,
        {
            split: [tune.replace("K:D\n", "K:Dm\n^") for tune in tunes]
            for split, tunes in splits.items()
        },
    )
    return path


@pytest.fixture(scope="module")
def base(trained: Path) -> RunDirectory:
    return RunDirectory.open(trained)


def fine_tuned(data: Path, path: Path, base: RunDirectory) -> TrainingStatus:
    config = base.config.for_fine_tuning()
    return Trainer.begin(data, path, config, BUDGET, base=base).fit(ignore)


def test_a_run_knows_the_characters_of_both_and_the_headers_of_its_own_data(
    sharp_data: Path, base: RunDirectory, tmp_path: Path
) -> None:
    fine_tuned(sharp_data, tmp_path, base)
    run = RunDirectory.open(tmp_path)
    assert set(run.vocabulary.characters) == {*base.vocabulary.characters, *"^=m"}
    assert run.headers.keys == ("Dm",)
    assert run.base == str(base.path)


def test_a_run_begins_where_its_base_ended(
    sharp_data: Path, base: RunDirectory, tmp_path: Path
) -> None:
    afresh = Trainer.begin(sharp_data, tmp_path / "afresh", base.config, BUDGET).fit(ignore)
    tuned = fine_tuned(sharp_data, tmp_path / "tuned", base)
    assert tuned.bits < afresh.bits / 2


def test_the_same_run_twice_or_interrupted_ends_with_the_same_weights(
    sharp_data: Path, base: RunDirectory, tmp_path: Path
) -> None:
    for name in ("once", "twice"):
        fine_tuned(sharp_data, tmp_path / name, base)
    config, often = base.config.for_fine_tuning(), Intervals(max_validation_steps=4)
    with pytest.raises(KeyboardInterrupt):
        Trainer.begin(sharp_data, tmp_path / "parts", config, BUDGET, base=base).fit(
            lambda status: (
                os.kill(os.getpid(), signal.SIGINT) if status.progress.step == 3 else None
            )
        )
    Trainer.resume(sharp_data, tmp_path / "parts", BUDGET, intervals=often).fit(ignore)
    once, twice, parts = (weights(tmp_path / name) for name in ("once", "twice", "parts"))
    for first, *others in zip(once, twice, parts, strict=True):
        for other in others:
            np.testing.assert_array_equal(other, first)


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"units": 32}, "units is 16 in its network, which cannot become 32"),
        ({"embedding": 4}, "embedding is 8 in its network"),
        ({"layers": 2}, "layers is 1 in its network"),
        ({"keys": "own"}, "learned with keys one"),
    ],
)
def test_another_size_is_refused_and_nothing_written(
    data_set: Path,
    base: RunDirectory,
    tmp_path: Path,
    settings: dict[str, int | str],
    problem: str,
) -> None:
    config = replace(base.config, **settings)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=problem):
        Trainer.begin(data_set, tmp_path / "run", config, BUDGET, base=base)
    assert not (tmp_path / "run").exists()


def test_another_profile_is_refused(data_set: Path, base: RunDirectory, tmp_path: Path) -> None:
    other = replace(base, profile="full")
    with pytest.raises(UsageError, match=r"trained on the profile full, but .* has .* melody"):
        Trainer.begin(data_set, tmp_path / "run", base.config, BUDGET, base=other)


def test_a_network_that_is_not_the_one_of_its_settings_is_refused(
    data_set: Path, base: RunDirectory, tiny: TrainingConfig, tmp_path: Path
) -> None:
    larger = replace(tiny, units=20)
    with pytest.raises(UsageError, match=r"model.keras: not a network with the settings of this"):
        Trainer.begin(data_set, tmp_path / "run", larger, BUDGET, base=replace(base, config=larger))


def network_over(vocabulary: Vocabulary, **settings: int) -> Network:
    sizes = {"embedding": 3, "units": 5, "layers": 2} | settings
    return build_network(replace(PLAIN, **sizes), vocabulary.size)  # type: ignore[arg-type]


def network_with_gates(vocabulary: Vocabulary) -> Network:
    """A network that gives two scores more for each step, after the logits."""
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((None,), dtype="int32"),
            layers.Embedding(vocabulary.size, 3),
            layers.LSTM(5, return_sequences=True),
            layers.Dropout(0.1),
            layers.Dense(vocabulary.size + 2, bias_initializer="random_normal"),
        ]
    )
    return PlainNetwork(model, PLAIN)


def scores(network: Network, vocabulary: Vocabulary) -> np.ndarray:
    """(time, vocabulary + others)"""
    tokens = np.append(0, vocabulary.encode(TEXT))
    return np.array(network.model(tokens[None])[0])


def test_known_characters_keep_their_logits() -> None:
    old, new = network_over(KNOWN), network_over(ALL)
    copy_weights(old, KNOWN, new, ALL)
    places = [0, *ALL.encode(KNOWN.characters)]
    np.testing.assert_allclose(scores(new, ALL)[:, places], scores(old, KNOWN), atol=1e-5)


def test_the_logit_of_a_new_character_is_the_mean_of_those_known() -> None:
    old, new = network_over(KNOWN), network_over(ALL)
    copy_weights(old, KNOWN, new, ALL)
    mean = scores(old, KNOWN).mean(axis=1)
    for token in ALL.encode("BE^"):
        np.testing.assert_allclose(scores(new, ALL)[:, token], mean, atol=1e-5)


def test_what_comes_after_the_tokens_keeps_its_place() -> None:
    old, new = network_with_gates(KNOWN), network_with_gates(ALL)
    copy_weights(old, KNOWN, new, ALL)
    np.testing.assert_allclose(scores(new, ALL)[:, -2:], scores(old, KNOWN)[:, -2:], atol=1e-5)


def test_with_the_same_vocabulary_the_weights_are_the_same() -> None:
    old, new = network_over(ALL), network_over(ALL)
    copy_weights(old, ALL, new, ALL)
    for before, after in zip(old.model.weights, new.model.weights, strict=True):
        np.testing.assert_array_equal(before.numpy(), after.numpy())


@pytest.mark.parametrize("settings", [{"units": 6}, {"embedding": 4}, {"layers": 1}])
def test_networks_of_other_sizes_are_refused(settings: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"does not fit|argument 2 is"):
        copy_weights(network_over(KNOWN), KNOWN, network_over(ALL, **settings), ALL)
