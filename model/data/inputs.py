"""What a network reads at each step."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

__all__ = ["NetworkInputs"]


class NetworkInputs(NamedTuple):
    """Tokens, and what follows from the text up to each of them; arrays or tensors.

    `tokens` is (…,) int32 and `aids` (…, width), in the columns of `tuneloom.model.aids`.
    """

    tokens: Any
    aids: Any

    @classmethod
    def of(cls, tokens: Any) -> NetworkInputs:
        """Tokens for a network that reads nothing else."""
        return cls(tokens, np.zeros((*tokens.shape, 0), np.uint8))
