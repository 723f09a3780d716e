from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.settings.sources import (
    GivenSetting,
    first_other_value,
    read_assignment,
    read_option,
    read_settings,
)


def test_a_file_gives_settings_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text('# a small network\nunits = 64\n\nlevel = "metrical"\nclip = 2\n')
    assert read_settings(path, TrainingConfig) == [
        GivenSetting("units", 64, f"{path}:2"),
        GivenSetting("level", "metrical", f"{path}:4"),
        GivenSetting("clip", 2, f"{path}:5"),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "seed = 1\nunit = 64",
            r"small.toml:2: there is no setting 'unit'; did you mean 'units'\?",
        ),
        ("units = '64'", "small.toml:1: units must be a whole number of at least 1 .*, not '64'"),
        ("units = 0", "small.toml:1: units must be"),
        (
            "dropout = 1",
            "small.toml:1: dropout must be a number of at least 0 and less than 1, not 1",
        ),
        ("learning_rate = nan", "small.toml:1: learning_rate must be"),
        ("'units' = true", "small.toml:1: units must be .*, not True"),
        ("[network]\nunits = 5", "small.toml:1: there is no setting 'network'"),
        ("\nunits = \n", "small.toml:2:9: not TOML"),
        ("units = 1\nunits = 2\n", "small.toml:.*: not TOML"),
        ("units = " + "[" * 100_000, "small.toml.*: n"),
        ("\udc80", "small.toml: not TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_one_line_with_its_place(
    tmp_path: Path, text: str, problem: str
) -> None:
    path = tmp_path / "small.toml"
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(UsageError, match=problem) as raised:
        read_settings(path, TrainingConfig)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_missing_or_no_file_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(UsageError, match="cannot be read"):
            read_settings(path, TrainingConfig)


def test_an_assignment_is_read_by_the_type_of_the_setting() -> None:
    given = read_assignment("clip = 5", TrainingConfig)
    assert given == GivenSetting("clip", 5.0, "--set clip = 5")
    assert read_assignment("patience=3", TrainingConfig).value == 3


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("units", "--set units: must be NAME=VALUE"),
        ("=3", "--set =3: must be NAME=VALUE"),
        ("batch-size=3", "--set batch-size=3: .*did you mean 'batch_size'"),
        ("units=many", "--set units=many: units must be a whole number .*, not 'many'"),
        ("units=", "--set units=: units must be .*, not ''"),
    ],
)
def test_a_wrong_assignment_is_refused(text: str, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        read_assignment(text, TrainingConfig)


def test_a_wrong_value_of_an_option_names_the_option() -> None:
    with pytest.raises(UsageError, match="--batch-size 0: batch_size must be"):
        read_option("batch_size", "0", TrainingConfig, "--batch-size")


def test_the_first_setting_that_differs_is_found() -> None:
    same = GivenSetting("units", TrainingConfig().units, "--units")
    other = GivenSetting("seed", 7, "--seed 7")
    assert first_other_value(TrainingConfig(), [same, other]) == other
    assert first_other_value(TrainingConfig(), [same]) is None
