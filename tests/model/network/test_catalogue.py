"""Architectures are found by name, and one from outside the package trains, evaluates and generates."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.network.build import build_network
from tuneloom.model.network.catalogue import ARCHITECTURES
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.network import DropoutMasks, Network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.backend import Tensor, keras, tf
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.generate import generate_tunes
from tuneloom.model.sampling.request import GenerationRequest
from tuneloom.model.training.evaluation import evaluate
from tuneloom.model.training.schedule import Budget
from tuneloom.model.training.trainer import Trainer


class GruNetwork(Network):
    """All that an architecture needs."""

    @staticmethod
    def build_model(config: TrainingConfig, vocabulary_size: int) -> keras.Model:
        return keras.Sequential(
            [
                keras.Input((None,), dtype="int32"),
                keras.layers.Embedding(vocabulary_size, config.embedding),
                keras.layers.GRU(config.units, return_sequences=True),
                keras.layers.Dense(vocabulary_size),
            ]
        )

    def initial_state(self, batch_size: int) -> Tensor:
        return tf.zeros((batch_size, self.model.layers[1].units))

    def step(
        self, inputs: NetworkInputs, state: Tensor, masks: DropoutMasks = ()
    ) -> tuple[Tensor, Tensor]:
        del masks  # without dropout
        embedding, gru, dense = self.model.layers
        output, _ = gru.cell(embedding(inputs.tokens), state)
        return dense(output), output


@pytest.fixture(scope="module")
def gru(tiny: TrainingConfig) -> TrainingConfig:
    ARCHITECTURES.register("test-gru", lambda: GruNetwork)
    return replace(tiny, architecture="test-gru")


def test_an_unknown_architecture_is_an_error_that_suggests_another() -> None:
    with pytest.raises(UsageError, match="no architecture is named 'plian'; try plain"):
        build_network(TrainingConfig(architecture="plian"), 5)


def test_names_are_known_without_tensorflow() -> None:
    code = (
        "import sys; from tuneloom.model.network.catalogue import ARCHITECTURES;"
        "sys.exit('plain' not in ARCHITECTURES or 'tensorflow' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_unrolling_follows_from_the_step_and_resets_the_state_at_boundaries(
    gru: TrainingConfig,
) -> None:
    network = build_network(gru, 7)
    tunes = np.array([[BOUNDARY, 3, 1, 4], [BOUNDARY, 2, 6, 5]], np.int32)
    np.testing.assert_allclose(
        network.forward(NetworkInputs.of(tunes)), network.model(tunes), atol=1e-5
    )
    in_a_row, _ = network.unroll(NetworkInputs.of(tunes.reshape(-1, 1)), network.initial_state(1))
    np.testing.assert_allclose(tf.reshape(in_a_row, [2, 4, 7]), network.model(tunes), atol=1e-5)


def test_an_architecture_from_outside_computes_in_float32(gru: TrainingConfig) -> None:
    network = build_network(gru, 7)
    assert network.at_precision("float32") is network
    with pytest.raises(UsageError, match="cannot be trained in bfloat16"):
        network.at_precision("bfloat16")


def test_an_architecture_from_outside_trains_evaluates_and_generates(
    gru: TrainingConfig, data_set: Path, tmp_path: Path
) -> None:
    last = Trainer.begin(data_set, tmp_path, gru, Budget(steps=20)).fit(lambda _: None)
    [book] = evaluate(tmp_path, data_set).sources
    assert last.validation_bits is not None
    assert book.bits.per_character == pytest.approx(last.validation_bits, abs=1)
    result = generate_tunes(
        RunDirectory.open(tmp_path), SamplingConfig(max_length=40), GenerationRequest(3)
    )
    assert len(result.tunes) == 3
