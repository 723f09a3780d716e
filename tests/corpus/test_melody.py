import numpy as np

from tests.support.tunes import parse_tune
from tuneloom.corpus.melody import SIGNATURE_SIZE, Melody, minhash_signature


def sign(body: str, header: str = "M:4/4\nL:1/8\nK:C\n") -> tuple[int, ...]:
    return minhash_signature(Melody.of(parse_tune(f"X:1\nT:\n{header}{body}\n")).notes())


TUNE = "C2EG cGEC|D2FA dAFD|G2Bd gdBG|c2e2 c4|"


def test_a_setting_in_another_key_has_the_same_signature() -> None:
    up = "D2FA dAFD|E2GB eBGE|A2ce aecA|d2f2 d4|"
    assert sign(up, "M:4/4\nL:1/8\nK:D\n") == sign(TUNE)


def test_the_unit_note_length_leaves_the_signature_alone() -> None:
    assert sign(TUNE, "M:2/4\nL:1/16\nK:C\n") == sign(TUNE)


def test_bar_lines_ties_and_decorations_leave_the_signature_alone() -> None:
    dressed = "C-|CE|G !trill!cG {d}EC|~D2FA dAFD|G2Bd gdBG|c2e2 c2-|c2|]"
    assert sign(dressed) == sign(TUNE)


def test_a_rest_prolongs_the_note_before_it() -> None:
    assert sign("Cz EG cG E2") == sign("C2 EG cG Ez")


def test_two_other_tunes_share_next_to_nothing() -> None:
    other = "G3A Bcde|f2d2 B2G2|A3B cdef|g2e2 c4|"
    assert np.mean(np.array(sign(TUNE)) == np.array(sign(other))) < 0.1


def test_one_note_is_a_melody_too() -> None:
    assert len(sign("C4")) == SIGNATURE_SIZE


def sections(body: str) -> list[tuple[int, int]]:
    return Melody.of(parse_tune(f"X:1\nT:\nM:4/4\nL:1/8\nK:C\n{body}\n")).sections()


def test_a_section_ends_at_a_double_bar_line_or_a_repeat() -> None:
    assert sections("|:CD|EF:|GA|Bc||de|]") == [(0, 4), (4, 8), (8, 10)]


def test_a_tune_without_such_a_line_is_one_section() -> None:
    assert sections("CD|z2|E-|E|F") == [(0, 4)]


def test_a_note_that_is_tied_over_the_line_is_in_the_section_where_it_begins() -> None:
    assert sections("CD-||DE|]") == [(0, 2), (2, 3)]
