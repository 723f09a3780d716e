"""Tunes -> verdicts and music, by several processes where there are many tunes."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import TypeVar

from tuneloom.grammar import parse
from tuneloom.grammar.errors import RunFailed
from tuneloom.model.score.tunes.features import PROFILE, TuneFeatures, tune_features
from tuneloom.model.score.tunes.tune_set import DRAW_HEADER, DrawnText, TunebookTune
from tuneloom.model.score.tunes.verdict import Verdict, judge_and_parse

__all__ = ["AnalysedTune", "analyse_tunes", "features_of_texts"]

_MANY = 1000  # tunes from which on the start of processes pays
_CHUNK = 128

_In = TypeVar("_In")
_Out = TypeVar("_Out")


@dataclass(frozen=True, slots=True)
class AnalysedTune:
    """A tune, what was said of it, and its music if it is parseable and has a note."""

    tune: DrawnText | TunebookTune
    verdict: Verdict
    features: TuneFeatures | None

    @property
    def text(self) -> str:
        """The canonical text of a parseable tune, any other as it stands."""
        return self.features.text if self.features else self.tune.text


def analyse_tunes(
    tunes: Sequence[DrawnText | TunebookTune], workers: int = 1
) -> list[AnalysedTune]:
    """Judge tunes and read their music, in order.

    Raises RunFailed if a process is lost. Processes are started anew, so a script that asks for several
    needs the usual guard, `if __name__ == "__main__"`.
    """
    return _each(_analyse, tunes, workers)


def features_of_texts(
    texts: Sequence[str], profile: str, workers: int = 1
) -> list[TuneFeatures | None]:
    """The music of a data set's training texts, in order; for `workers` and errors see `study_tunes`."""
    # What the profile of the score wrote is canonical already.
    return _each(_canonical_features if profile == PROFILE else _features, texts, workers)


def _analyse(tune: DrawnText | TunebookTune) -> AnalysedTune:
    verdict, parsed = judge_and_parse(tune)
    return AnalysedTune(tune, verdict, tune_features(parsed) if parsed else None)


def _features(text: str) -> TuneFeatures | None:
    parsed = parse(DRAW_HEADER + text)
    return tune_features(parsed.tune) if parsed.parseable else None


def _canonical_features(text: str) -> TuneFeatures | None:
    parsed = parse(DRAW_HEADER + text)
    return tune_features(parsed.tune, text) if parsed.parseable else None


def _each(function: Callable[[_In], _Out], items: Sequence[_In], workers: int) -> list[_Out]:
    if workers < 2 or len(items) < _MANY:
        return list(map(function, items))
    # Not forked: a caller may have threads, TensorFlow's among them.
    context = get_context("spawn")
    try:
        with ProcessPoolExecutor(workers, context, initializer=_leave_interrupts) as pool:
            return list(pool.map(function, items, chunksize=_CHUNK))
    except BrokenProcessPool as error:
        raise RunFailed("a process that judged tunes was lost; is there memory enough?") from error


def _leave_interrupts() -> None:
    """Ctrl-C is answered once, by the process that the user started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
