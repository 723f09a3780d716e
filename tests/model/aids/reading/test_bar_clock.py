"""The clock and the grammar agree on how long the bars of real tunes are."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.support.tunes import parse_tune
from tuneloom.corpus.admit import admit
from tuneloom.corpus.record import RawTune, Record
from tuneloom.grammar.bars.timed_bars import timed_bars
from tuneloom.model.aids.music.state_table import TICKS
from tuneloom.model.aids.reading.tunes_read import TunesRead
from tuneloom.model.data.vocabulary import Vocabulary


@pytest.mark.parametrize("profile", ["melody", "full"])
def test_the_time_before_a_bar_line_is_how_long_the_grammar_says_the_bar_is(
    profile: str, real_tunes: Callable[[str], list[RawTune]]
) -> None:
    outcomes = [admit(raw, profile).result for raw in real_tunes("nottingham/ABC_cleaned")[::25]]
    texts = [outcome.abc for outcome in outcomes if isinstance(outcome, Record)]
    compared = 0
    for text in texts:
        if "[L:" in text:
            continue
        unit = parse_tune(text).unit_note_length
        ticks = ticks_after_each(text)
        for bar in timed_bars(parse_tune(text)):
            for timed in bar:
                end = timed.bar.starts[-1] if timed.bar.line else len(text) - 1
                assert ticks[end - 1] == round(timed.duration / unit * TICKS)
                compared += 1
    assert compared > 500


def ticks_after_each(text: str) -> list[int]:
    vocabulary = Vocabulary("".join(sorted(set(text))))
    tunes = TunesRead(vocabulary, rows=1)
    ticks = []
    for token in vocabulary.encode(text):
        tunes.advance(np.array([token]))
        ticks.append(int(tunes.clock.ticks[0]))
    return ticks
