"""How fast a tune is played: by Q:, or as its rhythm or metre is usually played."""

from __future__ import annotations

from fractions import Fraction
from math import log

from tuneloom.corpus.playback.beats import beat_of
from tuneloom.corpus.training_text.rhythms import canonical_rhythm
from tuneloom.grammar.tune.durations import meter_fraction
from tuneloom.grammar.tune.elements import Tune
from tuneloom.grammar.tune.tempo import Tempo

__all__ = ["MAX_TEMPO", "MIN_TEMPO", "quarters_per_minute", "usual_tempo"]

MIN_TEMPO, MAX_TEMPO = 10.0, 1000.0
"""Quarter notes a minute; a Q: beyond them is taken for a slip, and ignored."""

# Beats a minute at which people dance or sing; reels and the like have two beats in a bar of 4/4.
_IN_TWO = {
    "barndance": 84, "clog": 76, "fling": 84, "galop": 120, "hornpipe": 80, "quickstep": 108, "rant": 96,
    "reel": 100, "schottische": 76, "set dance": 72, "strathspey": 60, "two-step": 96,
}  # fmt: skip
_BY_BEAT = {
    "air": 76, "carol": 92, "cotillion": 104, "gavotte": 116, "halling": 96, "hambo": 112, "hop jig": 120,
    "jig": 112, "march": 108, "mazurka": 132, "minuet": 112, "planxty": 96, "polka": 120, "polonaise": 96,
    "polska": 108, "quadrille": 108, "slide": 126, "slip jig": 112, "song": 92, "springar": 112,
    "waltz": 138,
}  # fmt: skip
_USUAL = {
    "C|": 90,
    "2/2": 90,
    "3/2": 90,
    "6/8": 108,
    "9/8": 108,
    "12/8": 108,
    "3/4": 120,
    "3/8": 150,
}
_OTHERWISE = 112


def usual_tempo(tune: Tune) -> float:
    """Quarter notes a minute without Q:, by R: and M:."""
    return float(_usual_speed(tune) * 4)


def quarters_per_minute(tempo: Tempo | None, tune: Tune) -> float:
    """Quarter notes a minute that Q: asks for; where it says nothing that can be played, the usual tempo.

    `Q:120` without a beat counts unit note lengths (10.1), but in real tunes as often quarter notes, beats
    or bars: of these, the one that comes nearest to the usual tempo is meant.
    """
    usual = usual_tempo(tune)
    if tempo is None or not tempo.per_minute:
        return usual
    whole = meter_fraction(tune.meter)
    units = [sum(tempo.beats, Fraction(0))] if tempo.beats else [
        tune.unit_note_length, Fraction(1, 4), _usual_pulse(tune), *([whole] if whole else [])
    ]  # fmt: skip
    asked = [float(4 * unit * tempo.per_minute) for unit in units]
    playable = [each for each in asked if MIN_TEMPO <= each <= MAX_TEMPO]
    return min(playable, key=lambda each: abs(log(each / usual)), default=usual)


def _usual_speed(tune: Tune) -> Fraction:
    """How many whole notes pass in a minute."""
    rhythm = canonical_rhythm(tune.field("R"))
    meter = "".join(tune.meter.split())
    number = _IN_TWO.get(rhythm) or _BY_BEAT.get(rhythm) or _USUAL.get(meter, _OTHERWISE)
    return number * _usual_pulse(tune)


def _usual_pulse(tune: Tune) -> Fraction:
    """The note that dancers step to: half a bar of four beats, where there are two steps in it."""
    beat = beat_of(tune.meter)
    in_four = meter_fraction(tune.meter) == 4 * beat
    return 2 * beat if in_four and canonical_rhythm(tune.field("R")) in _IN_TWO else beat
