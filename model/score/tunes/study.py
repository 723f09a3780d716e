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
from tuneloom.model.score.tunes.judge import Verdict, judged
from tuneloom.model.score.tunes.music import PROFILE, Music, music_of
from tuneloom.model.score.tunes.tunebooks import HEADING, Draw, Found

__all__ = ["Study", "musics_of", "study_tunes"]

_MANY = 1000  # tunes from which on the start of processes pays
_CHUNK = 128

_In = TypeVar("_In")
_Out = TypeVar("_Out")


@dataclass(frozen=True, slots=True)
class Study:
    """A tune, what was said of it, and its music if it is parseable and has a note."""

    tune: Draw | Found
    verdict: Verdict
    music: Music | None

    @property
    def text(self) -> str:
        """The canonical text of a parseable tune, any other as it stands."""
        return self.music.text if self.music else self.tune.text


def study_tunes(tunes: Sequence[Draw | Found], workers: int = 1) -> list[Study]:
    """Judge tunes and read their music, in order.

    Raises RunFailed if a process is lost. Processes are started anew, so a script that asks for several
    needs the usual guard, `if __name__ == "__main__"`.
    """
    return _each(_study, tunes, workers)


def musics_of(texts: Sequence[str], profile: str, workers: int = 1) -> list[Music | None]:
    """The music of a data set's training texts, in order; for `workers` and errors see `study_tunes`."""
    # What the profile of the score wrote is canonical already.
    return _each(_canonical_music if profile == PROFILE else _music, texts, workers)


def _study(tune: Draw | Found) -> Study:
    verdict, parsed = judged(tune)
    return Study(tune, verdict, music_of(parsed) if parsed else None)


def _music(text: str) -> Music | None:
    tune = parse(HEADING + text).tune
    return music_of(tune) if tune else None


def _canonical_music(text: str) -> Music | None:
    tune = parse(HEADING + text).tune
    return music_of(tune, text) if tune else None


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
