"""Whether other programs can play a tune: abc2midi, which is part of symusic, and music21.

They run in a process of their own: if one of them crashes or does not end, that tune counts as unplayable and
the score goes on.
"""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from msgspec.structs import replace

from tuneloom.corpus.crosscheck import notes_in_music21
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.profiles import training_text
from tuneloom.grammar import Tune, parse
from tuneloom.grammar.tune.elements import BarLine
from tuneloom.model.score.statistics.subsample import fixed_sample
from tuneloom.model.score.tunes.analysis import AnalysedTune
from tuneloom.model.score.tunes.tune_set import DRAW_HEADER

__all__ = ["is_playable", "playable_sample"]

TIMEOUT = 20
"""Seconds of processor time for one tune, imports included."""


def is_playable(text: str, count_notes: Callable[[str], int] = notes_in_music21) -> bool:
    """Whether abc2midi makes MIDI of a training text, with as many notes as `count_notes` finds.

    Notes are counted without repeats, which the programs play out by different rules. A tie makes one note
    of two in both.
    """
    whole = DRAW_HEADER + text
    parsed = parse(whole)
    if not parsed.parseable:
        return False
    try:
        once = _without_repeats(parsed.tune)
        return _notes_in_midi(whole) > 0 and _notes_in_midi(once) == count_notes(once)
    except Exception:  # whatever another program raises, it could not play the tune
        return False


def playable_sample(
    tunes: Sequence[AnalysedTune], size: int, play: Callable[[str], bool] = is_playable
) -> dict[int, bool]:
    """Play at most `size` of the parseable tunes that have a note, chosen at random but always the same.

    `play` decides about a training text; it is called in another process.

    Returns:
        By the index of each tune that was tried, whether it can be played.
    """
    chosen = fixed_sample([i for i, tune in enumerate(tunes) if tune.features], size)
    texts = [features.text for i in chosen if (features := tunes[i].features)]
    return dict(zip(chosen, _play_in_child(texts, play), strict=True))


def _play_in_child(texts: Sequence[str], play: Callable[[str], bool]) -> list[bool]:
    answers: list[bool] = []
    while len(answers) < len(texts):
        # Not forked: a caller may have threads, such as TensorFlow's.
        with ProcessPoolExecutor(1, get_context("spawn"), initializer=_silence_output) as child:
            try:
                # A tune that ends the child does not undo the answers before it.
                answers.extend(
                    child.submit(_play_in_time, text, play).result()
                    for text in texts[len(answers) :]
                )
            except BrokenProcessPool:
                answers.append(False)
    return answers


def _silence_output() -> None:
    """abc2midi, a C program, writes complaints to standard output."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 1)
    os.dup2(devnull, 2)
    warnings.simplefilter("ignore")


def _play_in_time(text: str, play: Callable[[str], bool]) -> bool:
    # Processor time, so that a busy machine changes no answer. The signal ends the process.
    signal.setitimer(signal.ITIMER_PROF, TIMEOUT)
    return play(text)


def _without_repeats(tune: Tune) -> str:
    """The first voice with plain bar lines, so that nothing is repeated or left out."""
    voice = tune.voices[0]
    bars = tuple(replace(bar, line=BarLine("|") if bar.line else None) for bar in voice.bars)
    plain = replace(tune, voices=(replace(voice, bars=bars),), text="")
    return DRAW_HEADER + training_text(plain, training_header(plain), "melody")


def _notes_in_midi(text: str) -> int:
    from symusic import Score

    score: Any = Score.from_abc(text)
    return sum(len(track.notes) for track in score.tracks)
