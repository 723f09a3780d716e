"""Arrays of numbers as base64 text for JSON, little-endian, as `network/packed.js` reads them."""

from __future__ import annotations

import base64
from typing import Literal, TypedDict

import numpy as np
from numpy.typing import NDArray

from tuneloom.grammar.errors import UsageError

__all__ = ["PackedFloats", "WeightPrecision", "pack_floats", "pack_integers", "rounded"]

WeightPrecision = Literal["float16", "float32"]


class PackedFloats(TypedDict):
    """The type of the numbers and, in base64, their bytes."""

    type: WeightPrecision
    data: str


def pack_floats(values: NDArray[np.float32], precision: WeightPrecision) -> PackedFloats:
    """Numbers in a precision.

    Raises:
        UsageError: one of them is beyond the range of float16.
    """
    with np.errstate(over="ignore"):
        packed = values.astype(np.dtype(precision).newbyteorder("<"))
    if not np.isfinite(packed).all():
        raise UsageError(f"weights beyond the range of {precision}; use float32")
    return {"type": precision, "data": base64.b64encode(packed.tobytes()).decode("ascii")}


def pack_integers(values: NDArray[np.integer]) -> str:
    """Numbers from 0 to 65535."""
    assert values.size == 0 or (values.min() >= 0 and values.max() < 2**16)
    return base64.b64encode(values.astype("<u2").tobytes()).decode("ascii")


def rounded(values: NDArray[np.float32], precision: WeightPrecision) -> NDArray[np.float32]:
    """Numbers as `pack_floats` keeps them."""
    return values.astype(precision).astype(np.float32)
