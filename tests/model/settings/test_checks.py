from dataclasses import dataclass
from typing import Annotated

import pytest

from tuneloom.model.settings.checks import check_fields, check_setting, settings_from_plain
from tuneloom.model.settings.ranges import Range


@dataclass(frozen=True)
class Settings:
    units: Annotated[int, Range(at_least=1)] = 8
    aids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_fields(self)


def test_an_unknown_name_is_refused_with_a_suggestion() -> None:
    with pytest.raises(ValueError, match="there is no setting 'unit'; did you mean 'units'"):
        check_setting(Settings, "unit", 1)
    with pytest.raises(ValueError, match=r"there is no setting 'qqq'$"):
        check_setting(Settings, "qqq", 1)


def test_a_dataclass_checks_its_fields() -> None:
    with pytest.raises(ValueError, match="units must be a whole number of at least 1, not 0"):
        Settings(units=0)


def test_a_message_stays_short_whatever_the_value() -> None:
    with pytest.raises(ValueError, match="units must be") as raised:
        check_setting(Settings, "units", "x" * 1_000_000)
    assert len(str(raised.value)) < 200


def test_settings_of_json_have_defaults_and_tuples() -> None:
    assert settings_from_plain(Settings, {"aids": ["echo"]}) == Settings(aids=("echo",))
    with pytest.raises(ValueError, match="there is no setting 'unit'"):
        settings_from_plain(Settings, {"unit": 5})
