from typing import Annotated, Literal

import pytest

from tuneloom.model.settings.ranges import Range
from tuneloom.model.settings.setting_type import SettingType

SHARE = Annotated[float, Range(at_least=0, less_than=1)]
PATIENCE = Annotated[int, Range(at_least=0)] | Literal["auto"]


@pytest.mark.parametrize(
    ("hint", "good", "bad"),
    [
        (int, [3, -3], [3.0, "3", True, None, [3]]),
        (float, [3, 0.5], ["3", False, 10**400]),
        (bool, [True], [1, "true"]),
        (str, ["lstm"], [5]),
        (SHARE, [0, 0.5], [1.0, -0.1, float("nan")]),
        (Literal["one", "own"], ["one"], ["two", "", 1]),
        (tuple[str, ...], [(), ("echo", "clock")], [("echo", 3), "echo", ["echo"]]),
        (PATIENCE, [0, 7, "auto"], [-1, "never", 1.5]),
    ],
)
def test_a_type_allows_its_values_alone(
    hint: object, good: list[object], bad: list[object]
) -> None:
    setting_type = SettingType.of(hint)
    assert [value for value in good if not setting_type.allows(value)] == []
    assert [value for value in bad if setting_type.allows(value)] == []


@pytest.mark.parametrize(
    ("hint", "text", "value"),
    [
        (int, "384", 384),
        (int, "1e3", "1e3"),
        (float, "4e-3", 0.004),
        (float, ".5", 0.5),
        (bool, "false", False),
        (bool, "no", "no"),
        (Literal["one", "own"], "own", "own"),
        (tuple[str, ...], "echo, clock", ("echo", "clock")),
        (tuple[str, ...], "", ()),
        (PATIENCE, "5", 5),
        (PATIENCE, "auto", "auto"),
    ],
)
def test_a_text_is_read_by_type_and_kept_if_it_is_none(
    hint: object, text: str, value: object
) -> None:
    assert SettingType.of(hint).from_text(text) == value


def test_a_list_of_a_file_is_a_tuple() -> None:
    assert SettingType.of(tuple[str, ...]).from_plain(["echo"]) == ("echo",)
    assert SettingType.of(int).from_plain(["echo"]) == ["echo"]


def test_a_type_says_what_a_value_must_be() -> None:
    assert str(SettingType.of(SHARE)) == "a number of at least 0 and less than 1"
    assert str(SettingType.of(PATIENCE)) == "a whole number of at least 0 or 'auto'"
    assert str(SettingType.of(Literal["a", "b", "c"])) == "'a', 'b' or 'c'"


def test_choices_are_all_that_is_allowed() -> None:
    assert SettingType.of(Literal["one", "own"]).choices == ("one", "own")
    assert SettingType.of(PATIENCE).choices == ()
