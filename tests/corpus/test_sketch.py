from fractions import Fraction

from tests.support.tunes import parse_tune
from tuneloom.corpus.admit import admit
from tuneloom.corpus.melody import Melody
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.sketch import interval_steps, sketch_melody

KESH = "X:1\nT:The Kesh\nM:6/8\nL:1/8\nK:G\n|:GAG GAB|ABA ABd|edd gdd|edB dBA:|\n"


def test_an_interval_is_a_byte_whatever_the_durations() -> None:
    notes = [(67, Fraction(1, 8)), (69, Fraction(1, 4)), (67, Fraction(3, 8))]
    assert interval_steps(notes) == bytes([2, 254])


def test_a_sketch_has_the_body_and_only_short_sections() -> None:
    tune = parse_tune("X:1\nT:\nM:4/4\nL:1/8\nK:C\nCDEF GABc|dcBA G||CDEFGA|]\n")
    sketch = sketch_melody("id", Melody.of(tune), "M:4/4\nK:C\nCDEF|\n")
    assert sketch.body == b"CDEF|\n"
    assert sketch.sections == (bytes([2, 2, 1, 2, 2, 2, 1, 2, 254, 255, 254, 254]),)


def test_the_sketch_is_the_same_in_every_profile() -> None:
    raw = RawTune("input", "a.abc", "not stated", 0, 1, KESH.replace("GAG", '"G"{A}GAG'))
    melody, full = admit(raw, "melody"), admit(raw, "full")
    assert melody.result != full.result
    assert melody.sketch == full.sketch
