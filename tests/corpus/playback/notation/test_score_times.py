"""When the notes of a tune begin in its score."""

from fractions import Fraction

from tuneloom.corpus.playback.notation.score_times import score_times
from tuneloom.grammar import parse


def times_of(music: str, header: str = "L:1/4\nM:4/4\n") -> list[float | None]:
    result = parse(f"X:1\nT:\n{header}K:C\n{music}\n")
    assert result.parseable
    return [None if time is None else float(4 * time) for time in score_times(result.tune)]


def test_notes_follow_each_other_and_repeats_are_written_once() -> None:
    assert times_of("|:C2 D>E|[FA]4:|1 G4:|2 z2 C2|]") == [0, 2, 3.5, 4, 8, 14]


def test_tuplets_and_grace_notes_are_in_the_time_of_their_beat() -> None:
    result = parse("X:1\nT:\nL:1/4\nM:2/4\nK:C\n(3C/D/E/ {c}F|\n")
    assert result.parseable
    assert score_times(result.tune) == [0, Fraction(1, 12), Fraction(1, 6), Fraction(1, 4)]


def test_overlays_begin_with_their_bar() -> None:
    assert times_of("C4|D4 & E2 F2|G4|") == [0, 4, 4, 6, 8]


def test_voices_wait_for_each_other() -> None:
    assert times_of("V:1\nC4|D4|\nV:2\nE2|F4|") == [0, 4, 0, 4]


def test_bars_of_rest_take_their_time() -> None:
    assert times_of("C4|Z2|D4|") == [0, 12]
