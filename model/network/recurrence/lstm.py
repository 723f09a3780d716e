"""The recurrence of `keras.layers.LSTM`, weight for weight, arranged for speed on a CPU.

The caller projects the inputs: for all time steps at once as one matrix product or, in the first
layer, by a look-up in a table with a row for each token. The gradient is written by hand: its loop
carries only the recurrence, and the gradient of the recurrent weights is one large product after
the loop. The state can be reset inside a sequence, where one tune ends and the next begins.
"""

from __future__ import annotations

from tuneloom.model.network.recurrence.product import kernel_gradient, matrix_product
from tuneloom.model.runtime.backend import Tensor, compile_graph, tf

__all__ = ["LstmState", "step_lstm", "unroll_lstm"]

LstmState = tuple[Tensor, Tensor]
"""The state of a layer: its output h and its memory c, each (batch, units)."""


def unroll_lstm(
    projected: Tensor, not_reset: Tensor, state: LstmState, kernel: Tensor
) -> tuple[Tensor, LstmState]:
    """Run a layer over a sequence: all outputs, (time, batch, units), and the final state.

    `projected` is (time, batch, 4 * units): the inputs times the input kernel, plus the bias.
    `not_reset` is (time, batch, 1): 0 to reset the state before a step, else 1. `kernel` is the
    recurrent one, (units, 4 * units), in the type that products take their operands in; all else is
    float32.
    """
    outputs, h, c = _differentiable(projected, not_reset, *state, kernel)
    return outputs, (h, c)


def step_lstm(
    projected: Tensor, not_reset: Tensor, state: LstmState, kernel: Tensor
) -> tuple[Tensor, LstmState]:
    """Run a layer over one step, without a gradient: `unroll_lstm` without the time axis."""
    h, c = state
    h, c = _fused_step(projected, matrix_product(h * not_reset, kernel), c, not_reset)
    return h, (h, c)


def _lstm_cell(z: Tensor, c: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """One step from gate inputs, (batch, 4 * units), in the order of Keras, and the memory c.

    Returns the new h and c and, for the gradient, the gates and tanh(c) side by side.
    """
    i, f, g, o = tf.split(z, 4, axis=-1)
    i, f, g, o = tf.sigmoid(i), tf.sigmoid(f), tf.tanh(g), tf.sigmoid(o)
    c = f * c + i * g
    tanh_c = tf.tanh(c)
    return o * tanh_c, c, tf.concat([i, f, g, o, tanh_c], axis=-1)  # (batch, 5 * units)


def _lstm_step(
    projected: Tensor, recurrent: Tensor, c: Tensor, not_reset: Tensor
) -> tuple[Tensor, Tensor]:
    """The new h and c, where no gradient is needed."""
    h, c, _ = _lstm_cell(projected + recurrent, c * not_reset)
    return h, c


def _lstm_cell_gradient(dh: Tensor, dc: Tensor, c: Tensor, gates: Tensor) -> tuple[Tensor, Tensor]:
    """The gradients of a step's gate inputs and previous c, from those of its h and c."""
    i, f, g, o, tanh_c = tf.split(gates, 5, axis=-1)
    do = dh * tanh_c * o * (1 - o)
    dc += dh * o * (1 - tanh_c * tanh_c)
    di = dc * g * i * (1 - i)
    df = dc * c * f * (1 - f)
    dg = dc * i * (1 - g * g)
    return tf.concat([di, df, dg, do], axis=-1), dc * f


# A dozen small operations fused into one pass over memory.
_fused_cell = compile_graph(_lstm_cell, fused=True)
_fused_cell_gradient = compile_graph(_lstm_cell_gradient, fused=True)
_fused_step = compile_graph(_lstm_step, fused=True)


def _forward_loop(
    projected: Tensor, not_reset: Tensor, h: Tensor, c: Tensor, kernel: Tensor
) -> Tensor:
    """The forward loop; returns (outputs, final h, final c) and their gradient function."""
    steps = tf.shape(projected)[0]
    before = h

    def forward(
        t: Tensor, h: Tensor, c: Tensor, outputs: Tensor, memories: Tensor, gates: Tensor
    ) -> tuple[Tensor, ...]:
        h, c = h * not_reset[t], c * not_reset[t]
        memories = memories.write(t, c)
        h, c, step_gates = _fused_cell(projected[t] + matrix_product(h, kernel), c)
        return t + 1, h, c, outputs.write(t, h), memories, gates.write(t, step_gates)

    _, h, c, outputs, memories, gates = tf.while_loop(
        lambda t, *_: t < steps, forward, (0, h, c, *(_tensor_array(steps) for _ in range(3)))
    )
    outputs = outputs.stack()  # (time, batch, units)

    def gradient(doutputs: Tensor, dh: Tensor, dc: Tensor) -> tuple[Tensor | None, ...]:
        transposed = tf.transpose(kernel)  # (4 * units, units)

        def backward(t: Tensor, dh: Tensor, dc: Tensor, dz: Tensor) -> tuple[Tensor, ...]:
            step_dz, dc = _fused_cell_gradient(
                dh + doutputs[t], dc, memories.read(t), gates.read(t)
            )
            return (
                t - 1,
                matrix_product(step_dz, transposed) * not_reset[t],
                dc * not_reset[t],
                dz.write(t, step_dz),
            )

        _, dh, dc, dz = tf.while_loop(
            lambda t, *_: t >= 0, backward, (steps - 1, dh, dc, _tensor_array(steps))
        )
        dz = dz.stack()  # (time, batch, 4 * units)
        inputs = tf.concat([before[None], outputs[:-1]], axis=0) * not_reset  # (time, batch, units)
        return dz, None, dh, dc, kernel_gradient(inputs, dz, kernel)

    return (outputs, h, c), gradient


_differentiable = tf.custom_gradient(_forward_loop)


def _tensor_array(steps: Tensor) -> Tensor:
    return tf.TensorArray(tf.float32, size=steps)
