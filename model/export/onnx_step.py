"""One step of a network as an ONNX model, with its states as inputs and outputs.

Inputs: `tokens`, (batch,) int32; with aids `aids`, (batch, width) int32, in the columns of
`tuneloom.model.aids`; and the states of each layer, such as `lstm_1.h` and `lstm_1.c`, (batch, units).
Outputs: `log_probs`, (batch, vocabulary), of the next token; and `new_lstm_1.h` and so on. A boundary
among the tokens resets the states of its row.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tuneloom.grammar.errors import UsageError
from tuneloom.model.aids.layout import AidLayout
from tuneloom.model.data.vocabulary import BOUNDARY
from tuneloom.model.export.onnx_graph import FLOAT, INT32, OnnxGraph
from tuneloom.model.export.onnx_layers import apply_dense, apply_recurrent
from tuneloom.model.network.aided import NEVER, AidedNetwork, hints_of
from tuneloom.model.network.network import Network
from tuneloom.model.network.recurrent import PlainNetwork
from tuneloom.model.runtime.backend import keras

__all__ = ["to_onnx"]


def to_onnx(network: Network, metadata: Mapping[str, str]) -> bytes:
    """The content of a file with one step of a built-in network, and texts about it.

    Raises:
        UsageError: the network is of another architecture.
    """
    if type(network) not in (PlainNetwork, AidedNetwork):  # a subclass may compute something else
        raise UsageError(
            "only built-in architectures can be exported to ONNX; export to safetensors instead"
        )
    layout, graph = AidLayout.of(network.aids), OnnxGraph()
    layers = {layer.name: layer for layer in network.model.layers}
    tokens = graph.input("tokens", INT32, ["batch"])
    read = graph("Gather", graph.constant(layers["embedding"].embeddings.numpy()), tokens)
    if layout.width:
        aids = graph.input("aids", INT32, ["batch", layout.width])
        hints = _one_hot_hints(graph, layout, aids)
        read = graph("Concat", read, apply_dense(graph, layers["aid_embedding"], hints), axis=-1)
    outputs = _apply_recurrent_layers(graph, network.model, tokens, read)
    logits = apply_dense(graph, layers["logits"], outputs)
    if "hint_logits" in layers:
        logits = graph("Add", logits, apply_dense(graph, layers["hint_logits"], hints))
    log_probs = graph("LogSoftmax", logits, axis=-1)
    if layout.pointers:
        gate_inputs = graph("Concat", outputs, hints, axis=-1)
        gate_scores = apply_dense(graph, layers["gates"], gate_inputs)
        log_probs = _mixed(graph, layout, log_probs, gate_scores, aids, layers["logits"].units)
    graph.output(log_probs, "log_probs", ["batch", layers["logits"].units])
    return graph.to_bytes("tuneloom", metadata)


def _apply_recurrent_layers(graph: OnnxGraph, model: keras.Model, tokens: str, outputs: str) -> str:
    continues = graph("Not", graph("Equal", tokens, graph.constant(np.array(BOUNDARY, np.int32))))
    not_reset = graph("Unsqueeze", graph("Cast", continues, to=FLOAT), graph.integers(-1))
    for layer in model.layers:
        if isinstance(layer, keras.layers.RNN):
            outputs = apply_recurrent(graph, layer, outputs, not_reset)
    return outputs


def _one_hot_hints(graph: OnnxGraph, layout: AidLayout, aids: str) -> str:
    """The hints, (batch, hints)."""
    columns, values = hints_of(layout)
    read = graph("Gather", aids, graph.constant(columns), axis=1)
    return graph("Cast", graph("Equal", read, graph.constant(values)), to=FLOAT)


def _mixed(
    graph: OnnxGraph, layout: AidLayout, own: str, gate_scores: str, aids: str, vocabulary: int
) -> str:
    """The logarithm of the mixture, (batch, vocabulary); `own` are the network's own log-probabilities."""
    first, last = layout.candidates.start, layout.candidates.stop
    candidates = graph("Slice", aids, *map(graph.integers, (first, last, 1)))  # (batch, K)
    absent = graph("Equal", candidates, graph.constant(np.array(0, np.int32)))
    never = graph.constant(np.array(NEVER, np.float32))
    present = graph("Where", absent, never, gate_scores)
    scores = graph("Pad", present, graph.integers(0, 1, 0, 0))  # (batch, 1 + K)
    log_gates = graph("LogSoftmax", scores, axis=-1)
    own_gate, gates = graph.apply(
        "Split", log_gates, graph.integers(1, layout.pointers), outputs=2, axis=-1
    )
    last_axis = graph.integers(-1)
    tokens = graph.constant(np.arange(vocabulary, dtype=np.int32))
    pointed = graph("Equal", graph("Unsqueeze", candidates, last_axis), tokens)
    # (batch, K, vocabulary)
    parts = graph("Where", pointed, graph("Unsqueeze", gates, last_axis), never)
    own = graph("Unsqueeze", graph("Add", own, own_gate), graph.integers(1))
    return graph("ReduceLogSumExp", graph("Concat", own, parts, axis=1), axes=[1], keepdims=0)
