"""Source lines with carets fit the terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.cli.text.snippets import snippet_of, terminal_width
from tuneloom.grammar.diagnostics.diagnostic import Span, terminal_columns

LINE = "|".join(f"A{n}BcdefG" for n in range(40))


@pytest.fixture(params=[60, 80, 120])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("COLUMNS", str(request.param))
    return int(request.param)


@pytest.mark.parametrize("column", [1, 5, 100, len(LINE), len(LINE) + 1])
def test_a_long_line_is_cut_around_the_place(width: int, column: int) -> None:
    source, carets = snippet_of(LINE, Span(7, column, 7, column + 1)).split("\n")
    assert width - 2 <= len(source) <= width
    assert source[carets.index("^") :][:1] == LINE[column - 1 : column]
    assert source.endswith("…") == (column < len(LINE) - width // 2)


@pytest.mark.usefixtures("width")
def test_a_line_that_fits_is_whole() -> None:
    assert snippet_of("ABcd|", Span(7, 5, 7, 6)) == "    7 | ABcd|\n      |     ^"


def test_a_place_that_goes_on_in_another_line_is_marked_to_the_end_of_its_first() -> None:
    assert snippet_of("ABcd|  ", Span(7, 3, 8, 2)).endswith("\n      |   ^^^")


def test_a_narrow_terminal_has_room_for_something(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "5")
    assert terminal_width() == 40


@given(
    line=st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\t"), max_size=300
    ),
    start=st.integers(0, 300),
    length=st.integers(0, 300),
)
def test_no_line_is_wider_than_the_terminal(line: str, start: int, length: int) -> None:
    column = min(start, len(line)) + 1
    for shown in snippet_of(line, Span(7, column, 7, column + length)).split("\n"):
        assert terminal_columns(shown) <= 108
