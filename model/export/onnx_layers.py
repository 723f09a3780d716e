"""The layers of a Keras model as nodes of an ONNX graph."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.export.onnx_graph import FLOAT, OnnxGraph
from tuneloom.model.runtime.backend import keras

__all__ = ["apply_dense", "apply_recurrent"]

# Keras has input, forget, cell, output; ONNX has input, output, forget, cell.
_LSTM_GATES = (0, 3, 1, 2)
# Both have update, reset, candidate.
_GRU_GATES = (0, 1, 2)


def apply_dense(graph: OnnxGraph, layer: keras.layers.Dense, inputs: str) -> str:
    """The outputs of a dense layer, (batch, units)."""
    outputs = graph("MatMul", inputs, graph.constant(layer.kernel.numpy()))
    return graph("Add", outputs, graph.constant(layer.bias.numpy())) if layer.use_bias else outputs


def apply_recurrent(
    graph: OnnxGraph, layer: keras.layers.LSTM | keras.layers.GRU, inputs: str, not_reset: str
) -> str:
    """The outputs of one step of a recurrent layer, (batch, units).

    Its states become inputs of the graph, and the new ones outputs. `not_reset` is (batch, 1).
    """
    if isinstance(layer, keras.layers.LSTM):
        return _apply(graph, "LSTM", layer, inputs, not_reset, ("h", "c"), _LSTM_GATES)
    return _apply(graph, "GRU", layer, inputs, not_reset, ("h",), _GRU_GATES, linear_before_reset=1)


def _apply(
    graph: OnnxGraph,
    operation: str,
    layer: keras.layers.LSTM | keras.layers.GRU,
    inputs: str,
    not_reset: str,
    states: Sequence[str],
    gates: Sequence[int],
    **attributes: int,
) -> str:
    shape, first_axis = ["batch", layer.units], graph.integers(0)
    names = [f"{layer.name}.{state}" for state in states]
    before = [
        graph("Unsqueeze", graph("Mul", graph.input(name, FLOAT, shape), not_reset), first_axis)
        for name in names
    ]
    kernel, recurrent_kernel, bias = (weight.numpy() for weight in layer.cell.weights)
    biases = bias if bias.ndim > 1 else np.stack([bias, np.zeros_like(bias)])  # input, recurrent
    weights = (_gates_in_order(kernel, gates).T, _gates_in_order(recurrent_kernel, gates).T)
    constants = [graph.constant(weight[None]) for weight in weights]
    constants.append(graph.constant(_gates_in_order(biases, gates).reshape(1, -1)))
    _, *after = graph.apply(
        operation,
        graph("Unsqueeze", inputs, first_axis),  # (time = 1, batch, …)
        *constants,
        "",  # the lengths of sequences
        *before,
        outputs=1 + len(states),
        hidden_size=layer.units,
        **attributes,
    )
    new = [graph("Squeeze", state, first_axis) for state in after]
    for name, state in zip(names, new, strict=True):
        graph.output(state, f"new_{name}", shape)
    return new[0]


def _gates_in_order(weight: NDArray[np.float32], gates: Sequence[int]) -> NDArray[np.float32]:
    """A weight, (…, gates * units), with its gates in another order."""
    parts = np.split(weight, len(gates), axis=-1)
    return np.concatenate([parts[gate] for gate in gates], axis=-1)
