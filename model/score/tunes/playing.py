"""Whether other programs can play a tune: abc2midi, inside symusic, and music21.

Both are asked in a process of its own: where one of them crashes or never ends, one tune cannot be
played, and the score goes on.
"""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

from tuneloom.corpus.crosscheck import notes_in_music21
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.profiles import training_text
from tuneloom.grammar import Tune, parse
from tuneloom.grammar.tune.elements import BarLine
from tuneloom.model.score.statistics.subsample import fixed_sample
from tuneloom.model.score.tunes.analysis import AnalysedTune
from tuneloom.model.score.tunes.tune_set import DRAW_HEADER

__all__ = ["is_playable", "playable_sample"]

TIMEOUT = 20  # seconds of processor time for one tune, imports included


def playable_sample(studies: Sequence[AnalysedTune], most: int) -> dict[int, bool]:
    """Play at most `most` of the parseable tunes that have a note, chosen by chance but always the same.

    The answer has the index of each tune that was tried.
    """
    chosen = fixed_sample([i for i, study in enumerate(studies) if study.features], most)
    texts = [music.text for i in chosen if (music := studies[i].features)]
    return dict(zip(chosen, _ask(texts), strict=True))


def _ask(texts: Sequence[str]) -> list[bool]:
    answers: list[bool] = []
    while len(answers) < len(texts):
        # Not forked: a caller may have threads, TensorFlow's among them.
        with ProcessPoolExecutor(1, get_context("spawn"), initializer=_be_silent) as child:
            try:
                # What was answered before a tune that ends the child is kept.
                answers.extend(
                    child.submit(_plays_in_time, text).result() for text in texts[len(answers) :]
                )
            except BrokenProcessPool:
                answers.append(False)
    return answers


def _be_silent() -> None:
    """abc2midi complains on standard output, in C."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    warnings.simplefilter("ignore")


def _plays_in_time(text: str) -> bool:
    # Processor time, so that a busy machine changes no answer; unhandled, its signal ends the process.
    signal.setitimer(signal.ITIMER_PROF, TIMEOUT)
    return is_playable(text)


def is_playable(text: str) -> bool:
    """Whether a training text becomes MIDI, and in MIDI and in music21 has the same number of notes.

    Notes are counted once each, without their repeats, which the two programs play out by rules of their
    own; a tie makes one note of two in both.
    """
    whole = DRAW_HEADER + text
    parsed = parse(whole)
    if not parsed.parseable:
        return False
    try:
        once = _without_repeats(parsed.tune)
        return _notes_in_midi(whole) > 0 and _notes_in_midi(once) == notes_in_music21(once)
    except Exception:  # whatever another program raises, it could not play the tune
        return False


def _without_repeats(tune: Tune) -> str:
    """The first voice with every bar line made plain, so that nothing is repeated or left out."""
    voice = tune.voices[0]
    bars = tuple(replace(bar, line=BarLine("|") if bar.line else None) for bar in voice.bars)
    plain = replace(tune, voices=(replace(voice, bars=bars),))
    return DRAW_HEADER + training_text(plain, training_header(plain), "melody")


def _notes_in_midi(text: str) -> int:
    from symusic import Score

    score: Any = Score.from_abc(text)
    return sum(len(track.notes) for track in score.tracks)
