from tests.support.tunes import parse_tune
from tuneloom.grammar import Tune
from tuneloom.model.score.music.bar_contents import bar_contents, bar_order, bar_patterns


def tune(body: str, header: str = "M:4/4\nL:1/4") -> Tune:
    return parse_tune(f"X:1\nT:\n{header}\nK:D\n{body}\n")


def patterns(body: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    parsed = tune(body)
    return bar_patterns(bar_contents(parsed), bar_order(parsed))


def test_bars_are_alike_if_all_that_sounds_in_them_is() -> None:
    written, _ = patterns("A=F=CD|~AF{g}CD|\\\nA ^E ^B, D|AFCD2/2|A2CD|a2CD|")
    assert written == (0, 1, 0, 1, 4, 5)


def test_a_tie_makes_another_bar_and_rests_alone_make_none() -> None:
    written, _ = patterns("A2A2|A2A2-|A2A2|z4|z4|")
    assert written == (0, 1, 0)


def test_repeats_are_played_and_make_no_bar_repeated_as_written() -> None:
    written, played = patterns("|:ABcd|1 dcBA:|2 d4|]")
    assert written == (1, 2, 3)
    assert played == (1, 2, 1, 3)


def test_pickups_are_no_bars_of_a_phrase() -> None:
    _, played = patterns("A|ABcd|d3A|ABcd|d3|]")
    assert played == (1, 2, 1, 4)


def test_parts_are_played_in_their_order() -> None:
    assert bar_order(tune("P:A\nABcd|\nP:B\nd4|", "P:AAB\nM:4/4\nL:1/4")) == [0, 0, 1]
