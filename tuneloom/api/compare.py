"""`tuneloom.compare`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tuneloom.api.inputs import PathInput, TuneInput, needs_extra, text_bytes
from tuneloom.grammar.processes import usable_cores

if TYPE_CHECKING:
    from tuneloom.model.score.reports.comparison import Comparison, TestedPairs
    from tuneloom.model.score.reports.reference_sets import ReferenceSet
    from tuneloom.model.score.tunes.tune_set import TuneSet

__all__ = ["compare"]


@needs_extra("data")
def compare(
    collections: Mapping[str, TuneInput | Sequence[str]],
    *,
    against: PathInput | None = None,
    references: Iterable[ReferenceSet] = (),
    test: TestedPairs | None = None,
    column: str = "",
    workers: int | None = None,
) -> Comparison:
    """Score several collections of tunes side by side, as `tuneloom compare` does.

    Args:
        collections: By the names to call them: the text of a tunebook, the Path of a file or a directory, or
            a list of texts that must each be one whole tune.
        against: A data set whose real tunes to compare with.
        references: Also show real tunes of that data set, "validation", or draws from a Markov model of its
            training tunes, "markov".
        test: Test shares of tunes for differences, with Holm's correction: between all "pairs", or the
            "first" and every other.
        column: The column of tunes, if a file is a table.
        workers: Processes, for a thousand tunes or more (default: one for each processor). With more than
            one, a script needs the usual guard, `if __name__ == "__main__"`.

    Returns:
        The comparison: in a notebook its tables. `rows` has the figures with their 95% intervals, `tests` the
        tests; `to_text("latex")` writes the tables for a paper, and "markdown", "csv" and "json" likewise.

    Raises:
        UsageError: there is no collection, one has no tune or cannot be read, `against` is no finished data
            set, or `references` come without it.
        RunFailed: a process was lost.

    Example:
        >>> import tuneloom
        >>> air = "X:1\\nT:Air\\nL:1/4\\nK:D\\nABcd|\\n"
        >>> found = tuneloom.compare({"ours": [air, air], "theirs": ["Once upon a time"]}, test="pairs")
        >>> found.rows[0].label, found.rows[0].estimates[0].value
        ('parseable, %', 100.0)
    """
    from tuneloom.grammar.errors import UsageError
    from tuneloom.model.score.reports.comparison import compare_scores
    from tuneloom.model.score.reports.reference import read_reference_tunes
    from tuneloom.model.score.reports.reference_sets import reference_set
    from tuneloom.model.score.reports.scoring import score_tunes

    kinds = tuple(references)
    if not collections:
        raise UsageError("no collection to compare")
    if kinds and not against:
        raise UsageError("references need a data set; name it with against")
    processes = workers or usable_cores()
    sets = {name: _tune_set(tunes, column) for name, tunes in collections.items()}
    real = read_reference_tunes(Path(against), processes) if against else None
    if real:
        sets |= {found.name: found.tunes for found in (reference_set(each, real) for each in kinds)}
    scores = [score_tunes(tunes, real, workers=processes) for tunes in sets.values()]
    return compare_scores(list(sets), scores, len(sets) - len(collections), test)


def _tune_set(tunes: TuneInput | Sequence[str], column: str) -> TuneSet:
    from tuneloom.model.score.tunes.collections import read_collection
    from tuneloom.model.score.tunes.tune_set import drawn_texts, tunes_in

    if isinstance(tunes, Path):
        return read_collection(str(tunes), column).tunes
    if isinstance(tunes, str | bytes):
        return tunes_in(text_bytes(tunes), "<text>")
    return drawn_texts(tunes)
