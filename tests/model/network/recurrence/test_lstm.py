"""Our recurrence is that of `keras.layers.LSTM`, in values and in gradients."""

import numpy as np
import pytest

from tuneloom.model.network.recurrence.lstm import LstmState, step_lstm, unroll_lstm
from tuneloom.model.runtime.backend import Tensor, keras, tf

TIME, BATCH, INPUTS, UNITS = 7, 3, 5, 4


@pytest.fixture(scope="module")
def layer() -> keras.layers.LSTM:
    layer = keras.layers.LSTM(UNITS, return_sequences=True, return_state=True)
    layer.build((BATCH, TIME, INPUTS))
    return layer


def normal(*shape: int) -> Tensor:
    return tf.constant(np.random.default_rng(sum(shape)).normal(size=shape), tf.float32)


def ours(
    layer: keras.layers.LSTM, inputs: Tensor, not_reset: Tensor, state: LstmState
) -> list[Tensor]:
    cell = layer.cell
    projected = tf.transpose(inputs, [1, 0, 2]) @ cell.kernel + cell.bias
    outputs, (h, c) = unroll_lstm(
        projected, not_reset, state, tf.convert_to_tensor(cell.recurrent_kernel)
    )
    return [tf.transpose(outputs, [1, 0, 2]), h, c]


def test_outputs_states_and_every_gradient_are_those_of_keras(layer: keras.layers.LSTM) -> None:
    inputs, state = normal(BATCH, TIME, INPUTS), (normal(BATCH, UNITS), normal(BATCH, UNITS))
    weights = [normal(BATCH, TIME, UNITS), normal(BATCH, UNITS), normal(BATCH, UNITS) + 1]
    not_reset = tf.ones((TIME, BATCH, 1))
    found = []
    for run in (
        lambda: layer(inputs, initial_state=state),
        lambda: ours(layer, inputs, not_reset, state),
    ):
        sources = [inputs, *state, *layer.trainable_variables]
        with tf.GradientTape() as tape:
            tape.watch([inputs, *state])
            results = run()
            loss = tf.add_n([tf.reduce_sum(r * w) for r, w in zip(results, weights, strict=True)])
        found.append([*results, *tape.gradient(loss, sources)])
    for theirs, mine in zip(*found, strict=True):
        np.testing.assert_allclose(mine, theirs, atol=1e-5)


def test_a_reset_is_a_sequence_of_its_own(layer: keras.layers.LSTM) -> None:
    inputs, state = normal(BATCH, TIME, INPUTS), (normal(BATCH, UNITS), normal(BATCH, UNITS))
    not_reset = np.ones((TIME, BATCH, 1), np.float32)
    not_reset[4] = 0
    outputs, *after = ours(layer, inputs, tf.constant(not_reset), state)

    first, *_ = layer(inputs[:, :4], initial_state=state)
    second, *fresh_after = layer(inputs[:, 4:])
    np.testing.assert_allclose(outputs, tf.concat([first, second], axis=1), atol=1e-5)
    np.testing.assert_allclose(after, fresh_after, atol=1e-5)


def test_no_gradient_reaches_back_over_a_reset(layer: keras.layers.LSTM) -> None:
    inputs, state = normal(BATCH, TIME, INPUTS), (normal(BATCH, UNITS), normal(BATCH, UNITS))
    not_reset = np.ones((TIME, BATCH, 1), np.float32)
    not_reset[4] = 0
    with tf.GradientTape() as tape:
        tape.watch([inputs, *state])
        outputs, *_ = ours(layer, inputs, tf.constant(not_reset), state)
        loss = tf.reduce_sum(outputs[:, 4:])
    dinputs, dh, dc = tape.gradient(loss, [inputs, *state])
    assert not np.any(dinputs[:, :4])
    assert np.all(dinputs[:, 4:])
    assert not np.any(dh)
    assert not np.any(dc)


def test_one_step_at_a_time_is_the_same(layer: keras.layers.LSTM) -> None:
    inputs, state = normal(BATCH, TIME, INPUTS), (tf.zeros((BATCH, UNITS)),) * 2
    outputs, *_ = layer(inputs)
    for t in range(TIME):
        projected = inputs[:, t] @ layer.cell.kernel + layer.cell.bias
        output, state = step_lstm(
            projected, tf.ones((BATCH, 1)), state, layer.cell.recurrent_kernel
        )
        np.testing.assert_allclose(output, outputs[:, t], atol=1e-5)
