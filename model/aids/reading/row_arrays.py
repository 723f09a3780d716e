"""State that is kept for many rows at once."""

from __future__ import annotations

import numpy as np

__all__ = ["RowArrays"]


class RowArrays:
    """State of many rows: each array has a line for each row, and parts may be such objects."""

    def keep(self, rows: int) -> None:
        """Go on with the first `rows` rows only."""
        for name, value in vars(self).items():
            if isinstance(value, np.ndarray):
                setattr(self, name, value[:rows])
            elif isinstance(value, RowArrays):
                value.keep(rows)
