"""The programs of docs/network.md compute what the network does."""

import sys
from typing import Any

import numpy as np
import pytest

from tests.docs.blocks import read_blocks
from tuneloom.model.aids.reader import AidReader
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.export.export_network import export_network
from tuneloom.model.network.build import build_network
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.backend import tf

PROGRAMS = [block.text for block in read_blocks("docs/network.md") if block.language == "python"]
DRAW, ONNX = (next(p for p in PROGRAMS if word in p) for word in ("# draw.py", "onnxruntime"))
TUNE = "M:4/4\nL:1/8\nK:C\nCDEF GABc|CDEF GABc|\n"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunDirectory:
    """A run of a small network with new weights."""
    config = TrainingConfig(embedding=3, aid_embedding=4, units=5)
    vocabulary = Vocabulary("".join(sorted({*TUNE})))
    run = RunDirectory(tmp_path_factory.mktemp("runs") / "first", config, "", vocabulary)
    run.create()
    run.save_network(build_network(config, vocabulary.size))
    for format_name in ("safetensors", "onnx"):
        export_network(run, format_name)
    return run


def log_probs_of_a_tune(run: RunDirectory) -> list[tuple[int, np.ndarray, np.ndarray]]:
    """Each token of a tune, with the columns of its aids and the log-probabilities that follow."""
    network, reader = run.load_network(), AidReader(run.config.aids, run.vocabulary, 1)
    step, state, found = network.decode_step(), network.initial_state(1), []
    for token in [0, *run.vocabulary.encode(TUNE)]:
        tokens = np.array([token], np.int32)
        columns = reader.advance(tokens)
        logits, state = step(NetworkInputs(tf.constant(tokens), tf.constant(columns)), state)
        found.append((token, columns[0], tf.nn.log_softmax(logits)[0].numpy()))
    return found


def test_the_sampler_in_numpy_predicts_what_the_network_does(
    run: RunDirectory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["draw.py", str(run.path)])
    program: dict[str, Any] = {}
    exec(compile(DRAW, "draw.py", "exec"), program)
    assert {*capsys.readouterr().out} <= {*TUNE}
    h, c = np.full(5, 9.0), np.full(5, 9.0)  # the boundary resets any state
    for token, columns, expected in log_probs_of_a_tune(run):
        mixture, h, c = program["step"](token, columns, h, c)
        np.testing.assert_allclose(np.log(mixture), expected, atol=1e-4)


def test_the_onnx_model_predicts_what_the_network_does(run: RunDirectory) -> None:
    (_, columns, expected), *_ = log_probs_of_a_tune(run)
    program = ONNX.replace("runs/first", str(run.path))
    names: dict[str, Any] = {"columns": columns[None]}
    exec(compile(program, "network.md", "exec"), names)
    np.testing.assert_allclose(names["log_probs"][0], expected, atol=1e-5)
    assert {name: state.shape for name, state in names["states"].items()} == {
        "lstm_1.h": (1, 5),
        "lstm_1.c": (1, 5),
    }
