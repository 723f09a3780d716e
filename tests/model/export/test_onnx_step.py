"""What ONNX Runtime computes is what the network does."""

from unittest.mock import Mock

import numpy as np
import onnxruntime
import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.aids.reader import AidReader
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.export.onnx_step import to_onnx
from tuneloom.model.network.build import build_network
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.network import Network
from tuneloom.model.runtime.backend import tf

# Two tunes one after the other, beside a longer one.
TEXTS = [
    "M:3/4\nL:1/8\nK:D\nd2fa|d2fa|\n\0M:C\nK:G\nGABc|",
    "M:4/4\nL:1/8\nK:C\nCDEF GABc|CDEF GABc|",
]
VOCABULARY = Vocabulary("".join(sorted({*"".join(TEXTS)} - {"\0"})))
TOKENS = np.array(
    [[0] + [0 if c == "\0" else VOCABULARY.encode(c)[0] for c in text[:36]] for text in TEXTS],
    np.int32,
)  # (batch, time)


@pytest.mark.parametrize(
    "config",
    [
        TrainingConfig("plain", embedding=3, units=5),
        TrainingConfig("plain", embedding=3, units=5, layers=2),
        TrainingConfig("aided", embedding=3, units=5, aid_embedding=4),
        TrainingConfig("aided", cell="gru", layers=2, embedding=3, units=5, aid_embedding=4),
    ],
    ids=["plain", "two layers", "aided", "gru"],
)
def test_each_step_gives_the_log_probabilities_of_the_network(config: TrainingConfig) -> None:
    network = build_network(config, VOCABULARY.size)
    step, state = network.decode_step(), network.initial_state(2)
    session = onnxruntime.InferenceSession(to_onnx(network, {}))
    names = [each.name for each in session.get_inputs()]
    states = [name for name in names if name not in ("tokens", "aids")]
    # The boundary at the beginning resets any state.
    feed = {name: np.full((2, 5), 9, np.float32) for name in states}
    reader = AidReader(network.aids, VOCABULARY, 2)
    for tokens in TOKENS.T:
        aids = reader.advance(tokens)
        logits, state = step(NetworkInputs(tf.constant(tokens), tf.constant(aids)), state)
        feed |= {"tokens": tokens, "aids": aids.astype(np.int32)}
        log_probs, *new = session.run(
            ["log_probs", *(f"new_{name}" for name in states)], {name: feed[name] for name in names}
        )
        feed |= zip(states, new, strict=True)
        np.testing.assert_allclose(log_probs, tf.nn.log_softmax(logits), atol=1e-5)


def test_texts_are_in_the_metadata() -> None:
    network = build_network(TrainingConfig("plain", embedding=3, units=5), VOCABULARY.size)
    session = onnxruntime.InferenceSession(to_onnx(network, {"vocabulary": "ABC"}))
    assert session.get_modelmeta().custom_metadata_map == {"vocabulary": "ABC"}


def test_an_architecture_from_outside_is_told_to_use_safetensors() -> None:
    with pytest.raises(UsageError, match="export to safetensors instead"):
        to_onnx(Mock(Network), {})
