"""Judging tunes and reading their features, in several processes if there are many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar

from tuneloom.grammar import parse
from tuneloom.grammar.errors import RunFailed
from tuneloom.grammar.processes import leave_interrupts_to_the_parent
from tuneloom.model.score.tunes.features import PROFILE, TuneFeatures, tune_features
from tuneloom.model.score.tunes.tune_set import DRAW_HEADER, DrawnText, TunebookTune
from tuneloom.model.score.tunes.verdict import Verdict, judge_and_parse

__all__ = ["AnalysedTune", "analyse_tunes", "features_of_texts", "map_parallel"]

_MIN_PARALLEL = 1000  # with fewer tunes, starting processes takes longer than it saves
_CHUNK = 128

_In = TypeVar("_In")
_Out = TypeVar("_Out")


@dataclass(frozen=True, slots=True)
class AnalysedTune:
    """A tune, the verdict on it, and its features if it is parseable and has a note."""

    tune: DrawnText | TunebookTune
    verdict: Verdict
    features: TuneFeatures | None

    @property
    def text(self) -> str:
        """The canonical text of a tune with features, any other as it was read."""
        return self.features.text if self.features else self.tune.text


def analyse_tunes(
    tunes: Sequence[DrawnText | TunebookTune], workers: int = 1
) -> list[AnalysedTune]:
    """Judge tunes and read their features, in order.

    Processes are spawned, so a script that asks for several workers needs the usual guard,
    `if __name__ == "__main__"`.

    Raises:
        RunFailed: a process was lost.
    """
    return map_parallel(_analyse, tunes, workers)


def features_of_texts(
    texts: Sequence[str], profile: str, workers: int = 1
) -> list[TuneFeatures | None]:
    """The features of training texts, in order; for `workers` and errors see `analyse_tunes`."""
    # Texts in the profile of the score are canonical already.
    return map_parallel(_canonical_features if profile == PROFILE else _features, texts, workers)


def _analyse(tune: DrawnText | TunebookTune) -> AnalysedTune:
    verdict, parsed = judge_and_parse(tune)
    return AnalysedTune(tune, verdict, tune_features(parsed) if parsed else None)


def _features(text: str) -> TuneFeatures | None:
    parsed = parse(DRAW_HEADER + text)
    return tune_features(parsed.tune) if parsed.parseable else None


def _canonical_features(text: str) -> TuneFeatures | None:
    parsed = parse(DRAW_HEADER + text)
    return tune_features(parsed.tune, text) if parsed.parseable else None


def map_parallel(function: Callable[[_In], _Out], items: Sequence[_In], workers: int) -> list[_Out]:
    """The function's value for each item, in order; for `workers` and errors see `analyse_tunes`."""
    if workers < 2 or len(items) < _MIN_PARALLEL:
        return list(map(function, items))
    # Not forked: a caller may have threads, such as TensorFlow's.
    context = get_context("spawn")
    try:
        with ProcessPoolExecutor(
            workers, context, initializer=leave_interrupts_to_the_parent
        ) as pool:
            return list(pool.map(function, items, chunksize=_CHUNK))
    except BrokenProcessPool as error:
        raise RunFailed(
            "a process that judged tunes was lost, perhaps for lack of memory"
        ) from error
