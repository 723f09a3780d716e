"""A comment in a tune suppresses a code: in its line, in the next one, or in the whole tune."""

from tuneloom.grammar import parse
from tuneloom.grammar.checking.check import check_tune, run_rules
from tuneloom.grammar.checking.levels import levels_of

TUNE = "X:1\nT:Air\nM:4/4\nL:1/4\n{header}K:D\n{above}ABcd|AB|ABcd|{after}\nABcd|A|ABcd|]\n"


def lines(header: str = "", above: str = "", after: str = "") -> list[int]:
    text = TUNE.format(header=header, above=above, after=after)
    return [d.line for d in check_tune(text, codes={"bar-length", "tie-pitch"})]


def test_without_comments_everything_is_reported() -> None:
    assert lines() == [6, 7]


def test_after_music_a_comment_applies_to_its_line() -> None:
    assert lines(after=" % tuneloom: ignore bar-length") == [7]


def test_alone_in_the_body_it_applies_to_the_next_line() -> None:
    assert lines(above="% tuneloom: ignore bar-length\n") == [8]


def test_alone_in_the_header_it_applies_to_the_whole_tune() -> None:
    assert lines(header="%tuneloom: ignore tie-pitch, bar-length\n") == []


def test_other_codes_and_other_comments_change_nothing() -> None:
    assert lines(header="% tuneloom: ignore tie-pitch\n% tuneloom is a checker\n") == [8, 9]


def test_a_syntax_error_can_be_suppressed_and_still_denies_every_level() -> None:
    text = "X:1\nT:Air\nK:D\nAB k c| % tuneloom: ignore unknown-letter\n"
    assert check_tune(text) == ()
    assert levels_of(run_rules(parse(text), text)) == ()


def test_places_count_from_the_line_of_the_file_at_which_the_tune_begins() -> None:
    text = TUNE.format(header="", above="", after=" % tuneloom: ignore bar-length")
    assert [d.line for d in check_tune(text, 101, codes={"bar-length"})] == [107]
