"""How the settings of a run are given, seen through a command that has nothing but these options."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tuneloom.cli.network.setting_options import setting_options
from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.settings.sources import GivenSetting
from tuneloom.model.settings.template import settings_template


def values_given(*arguments: str) -> dict[str, object]:
    """The settings that these arguments give.

    Raises:
        UsageError: they are wrong.
    """
    found: dict[str, GivenSetting] = {}

    @click.command()
    @setting_options
    def show(given: dict[str, GivenSetting]) -> None:
        found.update(given)

    result = CliRunner().invoke(show, arguments)
    if isinstance(result.exception, UsageError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return {name: setting.value for name, setting in found.items()}


def test_without_options_no_setting_is_given() -> None:
    assert values_given() == {}


def test_a_file_gives_way_to_set_and_that_to_a_named_option(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text("units = 1\nlayers = 2\nseed = 3\n")
    given = values_given(
        "--units", "10", "--set", "units=20", "--set", "layers=20", "--config", str(file)
    )
    assert given == {"units": 10, "layers": 20, "seed": 3}


def test_a_setting_without_an_option_of_its_own_is_set() -> None:
    assert values_given("--set", "warmup=7", "--set", "warmup=8") == {"warmup": 8}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--units", "0"], "--units 0: units must be a whole number of at least 1"),
        (["--dropout", "half"], "--dropout half: dropout must be a number"),
        (["--patience", "-1"], "--patience -1: patience must be .* or 'auto', not -1"),
        (
            ["--set", "architecture=lsmt"],
            "--set architecture=lsmt: no architecture is named 'lsmt'",
        ),
    ],
)
def test_a_wrong_value_names_the_option(arguments: list[str], problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        values_given(*arguments)


def test_the_config_of_a_run_gives_all_of_its_settings(tmp_path: Path) -> None:
    config = TrainingConfig(units=7, layout="padded")
    RunDirectory(tmp_path, config, "0123abcd", Vocabulary("AB")).create()
    given = values_given("--config", str(tmp_path / "config.json"), "--units", "8")
    assert TrainingConfig(**given) == TrainingConfig(units=8, layout="padded")  # type: ignore[arg-type]


def test_all_settings_are_printed_without_a_run_or_a_data_set() -> None:
    from tuneloom.cli.network.train import train_command

    result = CliRunner().invoke(train_command, ["--print-config"])
    assert (result.exit_code, result.output) == (0, settings_template(TrainingConfig()))
