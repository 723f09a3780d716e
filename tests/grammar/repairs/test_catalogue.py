"""A repair from outside is one function and one line, and takes part like any other."""

from collections.abc import Iterator

import pytest

from tuneloom.grammar.repairs import REPAIRS, Repair, RepairPlace, repair

HEADER = "X:1\nT:x\nK:D\n"


@pytest.fixture
def registered() -> Iterator[None]:
    """Two repairs of a collection that writes `~~` for a roll, and bar lines as `§`."""

    def to_bar_line(text: str, place: RepairPlace) -> str:
        line = place.current_line
        if line[place.column] != "§":
            return text
        return place.with_line(line[: place.column] + "|" + line[place.column + 1 :])

    def to_roll(text: str, _: RepairPlace) -> str:
        return text.replace("~~", "!roll!")

    names = ("roll", "section-sign")
    REPAIRS.register("roll", Repair("roll", "double-tilde", "`~~` is a roll", "notes", to_roll))
    REPAIRS.register(
        "section-sign",
        Repair("section-sign", "unexpected-character", "`§` is a bar line", "error", to_bar_line),
    )
    yield
    for name in names:
        REPAIRS.unregister(name)


@pytest.mark.usefixtures("registered")
def test_a_registered_repair_changes_music_wherever_it_is() -> None:
    result = repair(HEADER + 'A~~B"^~~"c|\n')
    assert result.text == HEADER + 'A!roll!B"^~~"c|\n'
    assert result.codes == ("double-tilde",)


@pytest.mark.usefixtures("registered")
def test_a_registered_repair_is_asked_where_the_grammar_stops() -> None:
    result = repair(HEADER + "AB§cd§\n")
    assert result.text == HEADER + "AB|cd|\n"
    assert result.codes == ("unexpected-character",)


def test_every_repair_is_registered_under_its_own_name() -> None:
    assert REPAIRS.names == tuple(each.name for each in REPAIRS.values())
    assert len(REPAIRS) == 87
