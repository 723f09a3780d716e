"""The recurrence of `keras.layers.LSTM`, weight for weight, arranged for speed on a CPU.

The inputs come projected already: the projection of all time steps is one matrix product or, for
the first layer, a look-up in a table with a row for each token. The gradient is written by hand:
its loop carries only the recurrence, and the recurrent weights get theirs in one large product
behind the loop. And a state can be reset inside a sequence, where one tune ends and the next
begins.
"""

from __future__ import annotations

from tuneloom.model.runtime.backend import Tensor, graph, tf

__all__ = ["State", "advance", "recur"]

State = tuple[Tensor, Tensor]
"""What a layer remembers: its output h and its memory c, each (batch, units)."""


def recur(projected: Tensor, keep: Tensor, state: State, kernel: Tensor) -> tuple[Tensor, State]:
    """Run a layer over a window: all its outputs (time, batch, units), and its state behind it.

    `projected` is (time, batch, 4 * units): the inputs times the input kernel, plus the bias.
    `keep` is (time, batch, 1): 0 where the state is reset before the step, else 1. `kernel` is
    the recurrent one, (units, 4 * units).
    """
    outputs, h, c = _differentiable(projected, keep, *state, kernel)
    return outputs, (h, c)


def advance(projected: Tensor, keep: Tensor, state: State, kernel: Tensor) -> tuple[Tensor, State]:
    """Run a layer over one time step, without a gradient; as `recur`, less the axis of time."""
    h, c = state
    h, c = _fused_step(projected, (h * keep) @ kernel, c, keep)
    return h, (h, c)


def _cell(z: Tensor, c: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """One step, from gate inputs (batch, 4 * units), in the order of Keras, and memory c.

    Returns the new h and c and, for the gradient, the gates and tanh(c) side by side.
    """
    i, f, g, o = tf.split(z, 4, axis=-1)
    i, f, g, o = tf.sigmoid(i), tf.sigmoid(f), tf.tanh(g), tf.sigmoid(o)
    c = f * c + i * g
    tanh_c = tf.tanh(c)
    return o * tanh_c, c, tf.concat([i, f, g, o, tanh_c], axis=-1)  # (batch, 5 * units)


def _step(projected: Tensor, recurrent: Tensor, c: Tensor, keep: Tensor) -> tuple[Tensor, Tensor]:
    """The new h and c, where no gradient is wanted."""
    h, c, _ = _cell(projected + recurrent, c * keep)
    return h, c


def _cell_gradient(dh: Tensor, dc: Tensor, c: Tensor, gates: Tensor) -> tuple[Tensor, Tensor]:
    """From the gradients of a step's h and c to those of its gate inputs and of the c before it."""
    i, f, g, o, tanh_c = tf.split(gates, 5, axis=-1)
    do = dh * tanh_c * o * (1 - o)
    dc += dh * o * (1 - tanh_c * tanh_c)
    di = dc * g * i * (1 - i)
    df = dc * c * f * (1 - f)
    dg = dc * i * (1 - g * g)
    return tf.concat([di, df, dg, do], axis=-1), dc * f


# A dozen small operations fused into one pass over the memory.
_fused_cell = graph(_cell, fused=True)
_fused_cell_gradient = graph(_cell_gradient, fused=True)
_fused_step = graph(_step, fused=True)


def _window(projected: Tensor, keep: Tensor, h: Tensor, c: Tensor, kernel: Tensor) -> Tensor:
    """The forward loop; returns (outputs, last h, last c) and the function of their gradient."""
    steps = tf.shape(projected)[0]
    before = h

    def forward(
        t: Tensor, h: Tensor, c: Tensor, outputs: Tensor, memories: Tensor, gates: Tensor
    ) -> tuple[Tensor, ...]:
        h, c = h * keep[t], c * keep[t]
        memories = memories.write(t, c)
        h, c, step_gates = _fused_cell(projected[t] + h @ kernel, c)
        return t + 1, h, c, outputs.write(t, h), memories, gates.write(t, step_gates)

    _, h, c, outputs, memories, gates = tf.while_loop(
        lambda t, *_: t < steps, forward, (0, h, c, *(_per_step(steps) for _ in range(3)))
    )
    outputs = outputs.stack()  # (time, batch, units)

    def gradient(doutputs: Tensor, dh: Tensor, dc: Tensor) -> tuple[Tensor | None, ...]:
        transposed = tf.transpose(kernel)  # (4 * units, units)

        def backward(t: Tensor, dh: Tensor, dc: Tensor, dz: Tensor) -> tuple[Tensor, ...]:
            step_dz, dc = _fused_cell_gradient(
                dh + doutputs[t], dc, memories.read(t), gates.read(t)
            )
            return t - 1, step_dz @ transposed * keep[t], dc * keep[t], dz.write(t, step_dz)

        _, dh, dc, dz = tf.while_loop(
            lambda t, *_: t >= 0, backward, (steps - 1, dh, dc, _per_step(steps))
        )
        dz = dz.stack()  # (time, batch, 4 * units)
        inputs = tf.concat([before[None], outputs[:-1]], axis=0) * keep  # (time, batch, units)
        dkernel = tf.tensordot(inputs, dz, axes=[[0, 1], [0, 1]])  # (units, 4 * units)
        return dz, None, dh, dc, dkernel

    return (outputs, h, c), gradient


_differentiable = tf.custom_gradient(_window)


def _per_step(steps: Tensor) -> Tensor:
    return tf.TensorArray(tf.float32, size=steps)
