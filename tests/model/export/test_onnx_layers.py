"""The ONNX nodes of a layer compute what the Keras layer does."""

import numpy as np
import onnxruntime
import pytest

from tuneloom.model.export.onnx_graph import FLOAT, OnnxGraph
from tuneloom.model.export.onnx_layers import apply_dense, apply_recurrent
from tuneloom.model.runtime.backend import keras

BATCH, TIME, INPUTS, UNITS = 3, 5, 4, 2


def normal(*shape: int) -> np.ndarray:
    return np.random.default_rng(sum(shape)).normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("kind", [keras.layers.LSTM, keras.layers.GRU])
def test_a_recurrent_layer_step_by_step_gives_the_outputs_of_keras(kind: type) -> None:
    layer = kind(UNITS, return_sequences=True, bias_initializer="random_normal")
    inputs = normal(BATCH, TIME, INPUTS)
    expected = np.concatenate([layer(inputs[:, :3]), layer(inputs[:, 3:])], axis=1)

    graph = OnnxGraph()
    read = graph.input("inputs", FLOAT, ["batch", INPUTS])
    not_reset = graph.input("not_reset", FLOAT, ["batch", 1])
    graph.output(apply_recurrent(graph, layer, read, not_reset), "outputs", ["batch", UNITS])
    session = onnxruntime.InferenceSession(graph.to_bytes("layer", {}))
    states = [each.name for each in session.get_inputs()][2:]
    feed = {name: np.zeros((BATCH, UNITS), np.float32) for name in states}
    for time in range(TIME):
        feed |= {"inputs": inputs[:, time]}
        feed |= {"not_reset": np.full((BATCH, 1), float(time != 3), np.float32)}
        outputs, *new = session.run(["outputs", *(f"new_{name}" for name in states)], feed)
        feed |= zip(states, new, strict=True)
        np.testing.assert_allclose(outputs, expected[:, time], atol=1e-5)


@pytest.mark.parametrize("use_bias", [True, False])
def test_a_dense_layer_gives_the_outputs_of_keras(use_bias: bool) -> None:
    layer = keras.layers.Dense(UNITS, use_bias=use_bias, bias_initializer="random_normal")
    inputs = normal(BATCH, INPUTS)
    expected = layer(inputs)
    graph = OnnxGraph()
    outputs = apply_dense(graph, layer, graph.input("inputs", FLOAT, ["batch", INPUTS]))
    graph.output(outputs, "outputs", ["batch", UNITS])
    session = onnxruntime.InferenceSession(graph.to_bytes("layer", {}))
    [found] = session.run(None, {"inputs": inputs})
    np.testing.assert_allclose(found, expected, atol=1e-5)
