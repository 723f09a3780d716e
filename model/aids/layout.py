"""What the columns of some aids mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tuneloom.model.aids.catalogue import AIDS
from tuneloom.model.aids.reading.aid_columns import RUN_BUCKETS

__all__ = ["RUN_BUCKETS", "AidLayout"]


@dataclass(frozen=True, slots=True)
class AidLayout:
    """First the features, then the candidates of all pointers, and then their runs.

    A candidate is a token, or 0 for none. A run is below `RUN_BUCKETS`, and 0 where there is no candidate.
    """

    feature_sizes: tuple[int, ...]
    """The number of values of each feature."""

    pointers: int

    @classmethod
    def of(cls, names: Sequence[str]) -> AidLayout:
        """The layout of the aids of these names, in their order.

        Raises:
            UsageError: an aid is unknown.
        """
        aids = [AIDS.find(name)() for name in names]
        sizes = tuple(size for aid in aids for size in aid.feature_sizes)
        return cls(sizes, sum(aid.pointers for aid in aids))

    @property
    def features(self) -> int:
        """The number of features."""
        return len(self.feature_sizes)

    @property
    def candidates(self) -> slice:
        """The columns of the candidates."""
        return slice(self.features, self.features + self.pointers)

    @property
    def runs(self) -> slice:
        """The columns of the runs."""
        return slice(self.candidates.stop, self.width)

    @property
    def width(self) -> int:
        """The number of columns."""
        return self.features + 2 * self.pointers
