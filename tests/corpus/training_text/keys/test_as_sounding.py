"""Training texts are written as the tune sounds."""

import pytest

from tests.support.tunes import parse_tune
from tuneloom.corpus.melody import Melody
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.keys.as_sounding import as_sounding
from tuneloom.corpus.training_text.profiles import training_text

HEADER = "X:1\nT:x\nM:4/4\nL:1/4\n"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ("K:G clef=treble\nFGAB|", "K:G\nFG AB|\n"),
        ("K:D treble-8\nd^c=cC|", "K:D\nD^C =CC,|\n"),
        ("K:C octave=1\nCEGc|", "K:C\nce gc'|\n"),
        ("K:Eb transpose=-2\nEFGA|=B_B^cc|", "K:Db\nDE FG|=A_A =BB|\n"),
        ("K:C# transpose=-1\n^CDEF|", "K:C\n=CD EF|\n"),
        ("K:none transpose=3\nCDEF|", "K:none\n_EF G_A|\n"),
        ("V:1 transpose=-2\nK:D\n[V:1]DFAd|", "K:C\nCE Gc|\n"),
        ("K:G\nAF|[K:clef=bass]FF[K:D]FC|", "K:G\nAF|FF[K:D] FC|\n"),
        ("K:G\nAF|[K:clef=bass transpose=5]AF[K:D]FC|", "K:G\nAF|[K:C]dB[K:G] BF|\n"),
        ("K:C\n%%propagate-accidentals not\n^FFF=F|^c-cc2|", "K:C\n^F=F F=F|^c-c =c2|\n"),
        ("K:C\n%%propagate-accidentals octave\n^FFfF|", "K:C\n^FF =f^F|\n"),
        ("K:C transpose=2\n(3[CE][DF]{^g}G C>C|", "K:D\n(3[DF][EG]^A D>D|\n"),
    ],
)
def test_clefs_and_directives_become_notes(fields: str, text: str) -> None:
    tune = parse_tune(HEADER + fields + "\n")
    written = training_text(tune, training_header(tune), "melody")
    assert written == "M:4/4\nL:1/4\n" + text
    assert Melody.of(parse_tune("X:1\nT:\n" + written)).id == Melody.of(tune).id


def test_chord_symbols_are_transposed_with_the_notes() -> None:
    tune = parse_tune(HEADER + 'K:D transpose=-2\n"D/A"DF"Bm"B2|"^slow"A4|]\n')
    written = training_text(tune, training_header(tune), "full")
    assert written.endswith('K:C\n"C/G"CE "Am"A2|"^slow"G4|]\n')


def test_a_tune_that_sounds_as_written_is_left_alone() -> None:
    tune = parse_tune(HEADER + "K:G bass\nFG|\n")
    assert as_sounding(tune) is tune
