"""The recurrence of `keras.layers.GRU` (`reset_after=True`), weight for weight, arranged for speed on a CPU.

It is arranged as `lstm` is, and has a hand-written gradient for the same reasons. A step
multiplies its state by three matrices, where an LSTM has four.
"""

from __future__ import annotations

from tuneloom.model.network.recurrence.product import kernel_gradient, matrix_product
from tuneloom.model.runtime.backend import Tensor, compile_graph, tf

__all__ = ["GruState", "step_gru", "unroll_gru"]

GruState = tuple[Tensor]
"""The state of a layer: its output h, (batch, units)."""


def unroll_gru(
    projected: Tensor, not_reset: Tensor, state: GruState, kernel: Tensor, bias: Tensor
) -> tuple[Tensor, GruState]:
    """Run a layer over a sequence: all outputs, (time, batch, units), and the final state.

    `projected` is (time, batch, 3 * units): the inputs times the input kernel, plus the input bias.
    `not_reset` is (time, batch, 1): 0 to reset the state before a step, else 1. `kernel` and
    `bias` are the recurrent ones, (units, 3 * units) and (3 * units,), the kernel in the type that
    products take their operands in; all else is float32.
    """
    outputs, h = _differentiable(projected, not_reset, *state, kernel, bias)
    return outputs, (h,)


def step_gru(
    projected: Tensor, not_reset: Tensor, state: GruState, kernel: Tensor, bias: Tensor
) -> tuple[Tensor, GruState]:
    """Run a layer over one step, without a gradient: `unroll_gru` without the time axis."""
    [h] = state
    h = h * not_reset
    h = _fused_step(projected, matrix_product(h, kernel) + bias, h)
    return h, (h,)


def _gru_cell(x: Tensor, inner: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
    """One step from the projected inputs and the projected state, both (batch, 3 * units).

    The gates are in the order of Keras: update z, reset r, candidate n. Returns the new h and, for the
    gradient, the gates and the state's part of the candidate side by side.
    """
    x_z, x_r, x_n = tf.split(x, 3, axis=-1)
    inner_z, inner_r, inner_n = tf.split(inner, 3, axis=-1)
    z, r = tf.sigmoid(x_z + inner_z), tf.sigmoid(x_r + inner_r)
    n = tf.tanh(x_n + r * inner_n)
    return z * h + (1 - z) * n, tf.concat([z, r, n, inner_n], axis=-1)  # (batch, 4 * units)


def _gru_step(x: Tensor, inner: Tensor, h: Tensor) -> Tensor:
    """The new h, where no gradient is needed."""
    return _gru_cell(x, inner, h)[0]


def _gru_cell_gradient(dh: Tensor, h: Tensor, gates: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The gradients of a step's projected inputs, projected state and, directly, previous h."""
    z, r, n, inner_n = tf.split(gates, 4, axis=-1)
    dz = dh * (h - n) * z * (1 - z)
    dn = dh * (1 - z) * (1 - n * n)
    dr = dn * inner_n * r * (1 - r)
    return tf.concat([dz, dr, dn], axis=-1), tf.concat([dz, dr, dn * r], axis=-1), dh * z


# A dozen small operations fused into one pass over memory.
_fused_cell = compile_graph(_gru_cell, fused=True)
_fused_cell_gradient = compile_graph(_gru_cell_gradient, fused=True)
_fused_step = compile_graph(_gru_step, fused=True)


def _gru_loop(
    projected: Tensor, not_reset: Tensor, h: Tensor, kernel: Tensor, bias: Tensor
) -> Tensor:
    """The forward loop; returns (outputs, final h) and their gradient function."""
    steps = tf.shape(projected)[0]
    before = h

    def forward(t: Tensor, h: Tensor, outputs: Tensor, gates: Tensor) -> tuple[Tensor, ...]:
        h = h * not_reset[t]
        h, step_gates = _fused_cell(projected[t], matrix_product(h, kernel) + bias, h)
        return t + 1, h, outputs.write(t, h), gates.write(t, step_gates)

    _, h, outputs, gates = tf.while_loop(
        lambda t, *_: t < steps,
        forward,
        (0, h, *(tf.TensorArray(tf.float32, steps) for _ in range(2))),
    )
    outputs = outputs.stack()  # (time, batch, units)

    def gradient(doutputs: Tensor, dh: Tensor) -> tuple[Tensor | None, ...]:
        transposed = tf.transpose(kernel)  # (3 * units, units)
        inputs = tf.concat([before[None], outputs[:-1]], axis=0) * not_reset  # (time, batch, units)

        def backward(t: Tensor, dh: Tensor, dx: Tensor, dinner: Tensor) -> tuple[Tensor, ...]:
            step_dx, step_dinner, dh = _fused_cell_gradient(
                dh + doutputs[t], inputs[t], gates.read(t)
            )
            dh = (dh + matrix_product(step_dinner, transposed)) * not_reset[t]
            return t - 1, dh, dx.write(t, step_dx), dinner.write(t, step_dinner)

        _, dh, dx, dinner = tf.while_loop(
            lambda t, *_: t >= 0,
            backward,
            (steps - 1, dh, *(tf.TensorArray(tf.float32, steps) for _ in range(2))),
        )
        dinner = dinner.stack()  # (time, batch, 3 * units)
        dkernel = kernel_gradient(inputs, dinner, kernel)  # (units, 3 * units)
        return dx.stack(), None, dh, dkernel, tf.reduce_sum(dinner, axis=[0, 1])

    return (outputs, h), gradient


_differentiable = tf.custom_gradient(_gru_loop)
