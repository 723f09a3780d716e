"""Our recurrence is that of `keras.layers.GRU`, in values and in gradients."""

import numpy as np
import pytest

from tuneloom.model.network.recurrence.gru import step_gru, unroll_gru
from tuneloom.model.runtime.backend import Tensor, keras, tf

TIME, BATCH, INPUTS, UNITS = 7, 3, 5, 4


@pytest.fixture(scope="module")
def layer() -> keras.layers.GRU:
    layer = keras.layers.GRU(
        UNITS, return_sequences=True, return_state=True, bias_initializer="random_normal"
    )
    layer.build((BATCH, TIME, INPUTS))
    return layer


def normal(*shape: int) -> Tensor:
    return tf.constant(np.random.default_rng(sum(shape)).normal(size=shape), tf.float32)


def ours(
    layer: keras.layers.GRU, inputs: Tensor, not_reset: Tensor, state: Tensor
) -> tuple[Tensor, Tensor]:
    cell = layer.cell
    bias, recurrent_bias = tf.unstack(tf.convert_to_tensor(cell.bias))
    projected = tf.transpose(inputs, [1, 0, 2]) @ cell.kernel + bias
    recurrent_kernel = tf.convert_to_tensor(cell.recurrent_kernel)
    outputs, [state] = unroll_gru(projected, not_reset, (state,), recurrent_kernel, recurrent_bias)
    return tf.transpose(outputs, [1, 0, 2]), state


def resetting(step: int) -> Tensor:
    not_reset = np.ones((TIME, BATCH, 1), np.float32)
    not_reset[step] = 0
    return tf.constant(not_reset)


def test_outputs_state_and_every_gradient_are_those_of_keras(layer: keras.layers.GRU) -> None:
    inputs, state = normal(BATCH, TIME, INPUTS), normal(BATCH, UNITS)
    weights = [normal(BATCH, TIME, UNITS), normal(BATCH, UNITS) + 1]
    found = []
    for run in (
        lambda: layer(inputs, initial_state=state),
        lambda: ours(layer, inputs, tf.ones((TIME, BATCH, 1)), state),
    ):
        sources = [inputs, state, *layer.trainable_variables]
        with tf.GradientTape() as tape:
            tape.watch([inputs, state])
            results = run()
            loss = tf.add_n([tf.reduce_sum(r * w) for r, w in zip(results, weights, strict=True)])
        found.append([*results, *tape.gradient(loss, sources)])
    for theirs, mine in zip(*found, strict=True):
        np.testing.assert_allclose(mine, theirs, atol=1e-5)


def test_a_reset_is_a_sequence_of_its_own_with_the_same_gradients(layer: keras.layers.GRU) -> None:
    inputs, state = normal(BATCH, TIME, INPUTS), normal(BATCH, UNITS)
    weights = normal(BATCH, TIME, UNITS)

    def two_sequences() -> Tensor:
        first, _ = layer(inputs[:, :4], initial_state=state)
        second, _ = layer(inputs[:, 4:])
        return tf.concat([first, second], axis=1)

    found = []
    for run in (two_sequences, lambda: ours(layer, inputs, resetting(4), state)[0]):
        with tf.GradientTape() as tape:
            tape.watch([inputs, state])
            outputs = run()
            loss = tf.reduce_sum(outputs * weights)
        found.append([outputs, *tape.gradient(loss, [inputs, state, *layer.trainable_variables])])
    for theirs, mine in zip(*found, strict=True):
        np.testing.assert_allclose(mine, theirs, atol=1e-5)


def test_no_gradient_reaches_back_over_a_reset(layer: keras.layers.GRU) -> None:
    inputs, state = normal(BATCH, TIME, INPUTS), normal(BATCH, UNITS)
    with tf.GradientTape() as tape:
        tape.watch([inputs, state])
        outputs, _ = ours(layer, inputs, resetting(4), state)
        loss = tf.reduce_sum(outputs[:, 4:])
    dinputs, dstate = tape.gradient(loss, [inputs, state])
    assert not np.any(dinputs[:, :4])
    assert np.all(dinputs[:, 4:])
    assert not np.any(dstate)


def test_one_step_at_a_time_is_the_same(layer: keras.layers.GRU) -> None:
    inputs, state = normal(BATCH, TIME, INPUTS), (tf.zeros((BATCH, UNITS)),)
    expected, _ = ours(layer, inputs, resetting(4), *state)
    bias, recurrent_bias = tf.unstack(tf.convert_to_tensor(layer.cell.bias))
    for t, not_reset in enumerate(tf.unstack(resetting(4))):
        projected = inputs[:, t] @ layer.cell.kernel + bias
        output, state = step_gru(
            projected, not_reset, state, layer.cell.recurrent_kernel, recurrent_bias
        )
        np.testing.assert_allclose(output, expected[:, t], atol=1e-5)
