"""The options of `tuneloom train` that settings of a run are given by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import click

from tuneloom.cli.command import SectionOption, path_type
from tuneloom.grammar.errors import UsageError
from tuneloom.model.aids.catalogue import AIDS
from tuneloom.model.network.catalogue import ARCHITECTURES
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.run_files import CONFIG_FILE
from tuneloom.model.settings.checks import types_of
from tuneloom.model.settings.sources import (
    GivenSetting,
    read_assignment,
    read_option,
    read_settings,
)

__all__ = ["check_names", "setting_options"]

_Decorator = Callable[[Callable[..., object]], Callable[..., object]]

_SECTION = "Settings"

# The settings that are asked for most; the others are reached by --set.
_NAMED = {
    "architecture": ("--network", "The kind of network"),
    "cell": ("--cell", "The cell of the recurrent layers"),
    "units": ("--units", "Width of each recurrent layer"),
    "layers": ("--layers", "Number of recurrent layers"),
    "dropout": ("--dropout", "Share of the outputs of each layer to drop"),
    "keys": ("--keys", "Learn tunes in C, in their own key, or in another each epoch"),
    "level": ("--level", "Train on the tunes that reach this level of validity"),
    "batch_size": ("--batch-size", "Rows of a batch"),
    "learning_rate": ("--learning-rate", "Peak of the learning rate"),
    "patience": ("--patience", "Stop after N validations without an improvement; 0 for never"),
    "seed": ("--seed", "Sets the initial weights and the order of the tunes"),
}


def setting_options(function: Callable[..., object]) -> Callable[..., object]:
    """Add the options. The function gets `given`: by name, the settings that they give."""

    @wraps(function)
    def with_settings(
        *, config: Path | None, assignments: tuple[str, ...], **values: Any
    ) -> object:
        named = {name: values.pop(name) for name in _NAMED}
        return function(given=_given_settings(config, assignments, named), **values)

    decorated: Callable[..., object] = with_settings
    options: list[_Decorator] = [_config_option, _set_option, _print_option, *_named_options()]
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def _given_settings(
    config: Path | None, assignments: tuple[str, ...], named: Mapping[str, str | None]
) -> dict[str, GivenSetting]:
    """The settings by name. Those of a file come first, then --set, then the named options."""
    given = _file_settings(config) if config else []
    given += [read_assignment(text, TrainingConfig) for text in assignments]
    given += [
        read_option(name, text, TrainingConfig, _NAMED[name][0])
        for name, text in named.items()
        if text is not None
    ]
    for setting in given:
        check_names(setting)
    return {setting.name: setting for setting in given}


def _file_settings(path: Path) -> list[GivenSetting]:
    if path.name != CONFIG_FILE:
        return read_settings(path, TrainingConfig)
    from tuneloom.model.runs.directory import RunDirectory

    config = RunDirectory.open(path.parent).config
    return [
        GivenSetting(name, getattr(config, name), str(path)) for name in types_of(TrainingConfig)
    ]


def check_names(setting: GivenSetting) -> None:
    """Check that what a setting names is registered.

    Raises:
        UsageError: it is not.
    """
    try:
        match setting:
            case GivenSetting("architecture", str(name)):
                ARCHITECTURES.find(name)
            case GivenSetting("aids", tuple() as aids):
                for aid in aids:
                    AIDS.find(aid)
    except UsageError as error:
        raise UsageError(f"{setting.origin}: {error}") from error


def _print_template(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from tuneloom.model.settings.template import settings_template

        click.echo(settings_template(TrainingConfig()), nl=False)
        context.exit()


_config_option = click.option(
    "--config",
    metavar="FILE",
    type=path_type(),
    cls=SectionOption,
    section=_SECTION,
    help="A TOML file of settings, or the config.json of a run.",
)
_set_option = click.option(
    "--set",
    "assignments",
    metavar="NAME=VALUE",
    multiple=True,
    cls=SectionOption,
    section=_SECTION,
    help="Any one setting, such as unroll_length=32; may be repeated.",
)
_print_option = click.option(
    "--print-config",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_template,
    cls=SectionOption,
    section=_SECTION,
    help="Print all settings as a TOML file to begin from, and exit.",
)


def _named_options() -> list[_Decorator]:
    types = types_of(TrainingConfig)
    choices = {name: types[name].choices for name in _NAMED} | {"architecture": ARCHITECTURES.names}
    return [
        click.option(
            option,
            name,
            type=click.Choice(choices[name]) if choices[name] else str,
            metavar=None if choices[name] else "N",
            cls=SectionOption,
            section=_SECTION,
            help=f"{text} (default: {_default_text(name)}).",
        )
        for name, (option, text) in _NAMED.items()
    ]


def _default_text(name: str) -> str:
    """The default and, if it differs, that of a short run."""
    usual, short = (
        getattr(config, name) for config in (TrainingConfig(), TrainingConfig.for_budget(1))
    )
    return f"{usual:{'g' if isinstance(usual, float) else ''}}" + (
        f"; {short:g} in a short run" if short != usual else ""
    )
