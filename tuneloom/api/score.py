"""`tuneloom.score`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tuneloom.api.inputs import PathInput, TuneInput, needs_extra, text_bytes
from tuneloom.grammar.processes import usable_cores
from tuneloom.model.score.reports.report import Score

__all__ = ["score"]


@needs_extra("data")
def score(
    tunes: TuneInput | Sequence[str],
    *,
    against: PathInput | None = None,
    playable: int = 0,
    column: str = "",
    workers: int | None = None,
) -> Score:
    """Score tunes, as `tuneloom score` does.

    Args:
        tunes: The text of a tunebook, the Path of a file, or a list of texts that must each be one whole
            tune, as a language model returns them.
        against: A data set whose real tunes to compare with.
        playable: How many tunes to have abc2midi and music21 play.
        column: The column of tunes, if the file is a table.
        workers: Processes, for a thousand tunes or more (default: one for each processor). With more than
            one, a script needs the usual guard, `if __name__ == "__main__"`.

    Returns:
        The score: in a notebook its tables, as `to_json()` an object; `tally.figures` has the values.

    Raises:
        UsageError: there is no tune, the file cannot be read, or `against` is no finished data set.
        RunFailed: a process was lost.

    Example:
        >>> import tuneloom
        >>> tuneloom.score(["X:1\\nT:Air\\nL:1/4\\nK:D\\nABcd|\\n", "Once upon a time"])
        <Score: 50.0% of 2 tunes parseable (95% CI 9.5–90.5)>
    """
    from tuneloom.model.score.reports.reference import read_reference_tunes
    from tuneloom.model.score.reports.scoring import score_file, score_tunes
    from tuneloom.model.score.tunes.tune_set import drawn_texts, tunes_in

    processes = workers or usable_cores()
    if isinstance(tunes, Path):
        dataset = Path(against) if against else None
        return score_file(tunes, dataset, playable, processes, column)
    found = (
        tunes_in(text_bytes(tunes), "<text>")
        if isinstance(tunes, str | bytes)
        else drawn_texts(tunes)
    )
    real = read_reference_tunes(Path(against), processes) if against else None
    return score_tunes(found, real, playable, processes)
