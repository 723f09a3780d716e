from fractions import Fraction

from tuneloom.corpus.playback.playback import TempoMap


def test_seconds_follow_each_tempo_from_its_onset() -> None:
    tempos = TempoMap.of([(Fraction(0), 60.0), (Fraction(1), 120.0), (Fraction(3, 2), 30.0)])
    times = [tempos.seconds(Fraction(n, 2)) for n in range(5)]
    assert times == [0, 2, 4, 5, 9]


def test_of_two_tempos_at_once_the_last_holds() -> None:
    assert TempoMap.of([(Fraction(0), 60.0), (Fraction(0), 120.0)]).tempos == (120.0,)
