from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.aids.columns import aid_columns
from tuneloom.model.aids.layout import AidLayout
from tuneloom.model.data.batching import TokenizedTunes, packed_batches, padded_batches
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.aided import AidedNetwork
from tuneloom.model.network.build import build_network, load_network
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.loss import packed_loss, padded_loss
from tuneloom.model.network.recurrence.cells import CELLS
from tuneloom.model.runtime.backend import keras, tf

TEXTS = [
    "M:4/4\nL:1/8\nK:C\nCDEF GABc|CDEF GABc|\n",
    "M:6/8\nL:1/8\nK:G\n|:GAB GAB|GAB G3:|\n",
]
VOCABULARY = Vocabulary("".join(sorted({*"".join(TEXTS)})))
SHORTER = min(map(len, TEXTS)) + 1
"""The steps of the shorter tune with the boundary before it; the padding after it resets the state."""
CONFIG = TrainingConfig("aided", aid_embedding=4, embedding=3, units=5, dropout=0.25)


@pytest.fixture(params=CELLS)
def config(request: pytest.FixtureRequest) -> TrainingConfig:
    return replace(CONFIG, cell=request.param)


@pytest.fixture
def network(config: TrainingConfig) -> AidedNetwork:
    found = build_network(config, VOCABULARY.size)
    assert isinstance(found, AidedNetwork)
    return found


@pytest.fixture(scope="module")
def tunes() -> TokenizedTunes:
    tokens = VOCABULARY.encode("".join(TEXTS))
    found = TokenizedTunes.of(tokens, np.array([len(text) for text in TEXTS]))
    return found.with_aids(aid_columns(CONFIG.aids, VOCABULARY, found))


@pytest.fixture(scope="module")
def inputs(tunes: TokenizedTunes) -> NetworkInputs:
    """Both tunes side by side, (batch, time)."""
    [batch] = padded_batches(tunes, 2, np.random.default_rng(0))
    return batch


def at(inputs: NetworkInputs, time: int) -> NetworkInputs:
    return NetworkInputs(tf.constant(inputs.tokens[:, time]), tf.constant(inputs.aids[:, time]))


def by_time(inputs: NetworkInputs) -> NetworkInputs:
    return NetworkInputs(inputs.tokens.T, inputs.aids.transpose(1, 0, 2))


def test_all_ways_to_run_it_give_the_scores_of_the_keras_model(
    network: AidedNetwork, inputs: NetworkInputs
) -> None:
    expected = network.model([tf.constant(inputs.tokens), network.hints(inputs)])
    unrolled, _ = network.unroll(by_time(inputs), network.initial_state(2))
    np.testing.assert_allclose(network.forward(inputs), expected, atol=1e-5)
    np.testing.assert_allclose(
        tf.transpose(unrolled, [1, 0, 2])[:, :SHORTER], expected[:, :SHORTER], atol=1e-5
    )


def test_decoding_step_by_step_gives_the_logits_of_the_mixture(
    network: AidedNetwork, inputs: NetworkInputs
) -> None:
    expected = network.logits(network.forward(inputs), inputs)
    step, state = network.decode_step(), network.initial_state(2)
    for time in range(SHORTER):
        logits, state = step(at(inputs, time), state)
        np.testing.assert_allclose(logits, expected[:, time], atol=1e-4)


def test_the_mixture_is_a_distribution_and_its_cross_entropy_the_loss(
    network: AidedNetwork, inputs: NetworkInputs
) -> None:
    scores = network.forward(inputs)
    chances = tf.exp(network.logits(scores, inputs))  # (batch, time, vocabulary)
    np.testing.assert_allclose(tf.reduce_sum(chances, axis=-1), 1, atol=1e-5)
    for target in range(VOCABULARY.size):
        targets = np.full(inputs.tokens.shape, target, np.int32)
        nats = network.nats(scores, inputs, targets)
        np.testing.assert_allclose(tf.exp(-nats), chances[..., target], atol=1e-5)


def test_a_wide_open_gate_repeats_what_stood_before(
    network: AidedNetwork, inputs: NetworkInputs
) -> None:
    _, bias = network.model.get_layer("gates").weights
    bias.assign(np.full(bias.shape, 100.0))
    likeliest = tf.argmax(network.logits(network.forward(inputs), inputs), axis=-1).numpy()
    [row] = [row for row, tokens in enumerate(inputs.tokens) if VOCABULARY.encode("4")[0] in tokens]
    written = VOCABULARY.decode(inputs.tokens[row, 1 : len(TEXTS[0]) + 1])
    second = written.index("CDEF", written.index("CDEF") + 1) + len("CDEF")
    assert VOCABULARY.decode(likeliest[row, second : second + 5]) == " GABc"[:5]


def test_what_is_saved_opens_in_plain_keras_and_has_stock_layers_only(
    network: AidedNetwork, config: TrainingConfig, inputs: NetworkInputs, tmp_path: Path
) -> None:
    network.model.save(tmp_path / "model.keras")
    opened = keras.models.load_model(tmp_path / "model.keras")
    assert all(type(layer).__module__.startswith("keras.") for layer in opened.layers)
    loaded = load_network(tmp_path / "model.keras", config, VOCABULARY.size)
    np.testing.assert_array_equal(loaded.forward(inputs), network.forward(inputs))


def test_padded_tunes_cost_the_same_as_packed_ones(
    network: AidedNetwork, tunes: TokenizedTunes, inputs: NetworkInputs
) -> None:
    state, packed = network.initial_state(1), []
    for batch in packed_batches(tunes, 1, 16, np.random.default_rng(0)):
        nats, targets, state = packed_loss(network, batch, state)
        packed.append([float(nats), float(targets)])
    padded = [float(each) for each in padded_loss(network, inputs)]
    np.testing.assert_allclose(np.sum(packed, axis=0), padded, rtol=1e-4)


def test_the_gradient_reaches_every_weight(network: AidedNetwork, inputs: NetworkInputs) -> None:
    with tf.GradientTape() as tape:
        nats, _, _ = packed_loss(network, inputs, network.initial_state(2))
    for gradient in tape.gradient(nats, network.model.trainable_variables):
        assert np.abs(tf.convert_to_tensor(gradient)).max() > 0


def test_aids_without_pointers_are_hints_alone(inputs: NetworkInputs) -> None:
    config = TrainingConfig("aided", aids=("clock",), embedding=3, units=5)
    network = build_network(config, VOCABULARY.size)
    clock = NetworkInputs(inputs.tokens, inputs.aids[..., :5])
    scores = network.forward(clock)
    assert scores.shape[-1] == VOCABULARY.size
    np.testing.assert_allclose(
        tf.reduce_sum(tf.exp(network.logits(scores, clock)), axis=-1), 1, atol=1e-5
    )


def test_an_aided_network_has_aids() -> None:
    with pytest.raises(UsageError, match="the network aided needs aids"):
        build_network(TrainingConfig("aided", aids=()), VOCABULARY.size)


def test_weights_after_the_recurrent_layer_do_not_decay(network: AidedNetwork) -> None:
    decaying = {id(each) for each in network.decaying_weights()}
    layers = [each for each in network.model.layers if decaying & {id(w) for w in each.weights}]
    assert sorted(each.name for each in layers) == [
        "aid_embedding",
        "embedding",
        *(each.name for each in network.model.layers if isinstance(each, keras.layers.RNN)),
    ]
    assert all(len(each.shape) == 2 for each in network.decaying_weights())


def test_hints_add_to_the_logits_unless_a_run_is_older(inputs: NetworkInputs) -> None:
    older = build_network(replace(CONFIG, hint_logits=False), VOCABULARY.size)
    network = build_network(CONFIG, VOCABULARY.size)
    for layer in older.model.layers:
        network.model.get_layer(layer.name).set_weights(layer.get_weights())
    scores = network.forward(inputs)
    np.testing.assert_array_equal(
        scores, older.forward(inputs)
    )  # as the added weights begin at zero
    hints = network.model.get_layer("hint_logits")
    hints.set_weights([np.full_like(hints.kernel, 0.5)])
    added = (network.forward(inputs) - scores)[..., : VOCABULARY.size]
    values_read = AidLayout.of(network.aids).features + AidLayout.of(network.aids).pointers
    np.testing.assert_allclose(added, 0.5 * values_read, rtol=1e-5)
