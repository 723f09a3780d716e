"""What a page shows is compared word by word, and without figures only where they are those of a run."""

import pytest

from tests.docs.figures import missing_from, without_figures, without_machine


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        ("one\ntwo\nthree\n", []),
        ("one\n…\nthree\n", []),
        ("…\nthree\n", []),
        ("one\ntwo\n…\n", []),
        ("one\ntwo\n", ["one\ntwo\n"]),
        ("…\ntwo\n…\none\n", ["one"]),
        ("…\ntw\n…\n", ["tw"]),
        ("two\n…\n", ["two\n"]),
        ("…\ntwo\n", ["two"]),
    ],
)
def test_lines_are_left_out_only_where_the_page_says_so(shown: str, missing: list[str]) -> None:
    assert missing_from("one\ntwo\nthree\n", shown) == missing


def test_a_time_says_more_of_the_machine_than_of_the_page() -> None:
    one, other = (
        "data/folk: 7,913,365 bytes in 6 shards, 48.3 s",
        "data/folk: 7,913,365 bytes in 6 shards, 9.1 s",
    )
    assert without_machine(one) == without_machine(other)
    assert without_machine(one) != without_machine(other.replace("7,9", "8,9"))


def test_figures_of_a_run_and_the_widths_of_their_columns_do_not_count() -> None:
    one = (
        " parseable    98.5% of 200\n tunes  75.0 (68.6–80.5)\n bar-length   29\n volta         1\n"
    )
    other = " parseable  5.0% of 20\n tunes  –\n unclosed-repeat  3\n"
    assert without_figures(one) == without_figures(other)
    assert without_figures(one) != without_figures(other.replace("parseable", "strict"))
