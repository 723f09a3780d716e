"""Write the list of rejects."""

from __future__ import annotations

from collections.abc import Iterable

from tuneloom.corpus.record import Reject
from tuneloom.pipeline.dataset.files import REJECTS
from tuneloom.pipeline.dataset.rejects import reject_line
from tuneloom.pipeline.steps.plan import SortKey
from tuneloom.pipeline.storage.paths import AnyPath, write_atomically

__all__ = ["write_rejects"]


def write_rejects(directory: AnyPath, found: Iterable[tuple[SortKey, Reject]]) -> list[Reject]:
    """Write the rejects in the order in which they were found, and return them in that order."""
    ordered = [reject for _, reject in sorted(found, key=lambda pair: (pair[0], pair[1].code))]
    write_atomically(directory / REJECTS, map(reject_line, ordered))
    return ordered
