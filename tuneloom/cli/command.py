"""What the commands share: help with examples, and the parameters that several of them take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = [
    "ExampleCommand",
    "NamedPath",
    "SectionOption",
    "against_option",
    "column_option",
    "command",
    "dataset_argument",
    "files_argument",
    "path_type",
    "run_argument",
    "seed_option",
]

F = TypeVar("F", bound=Callable[..., object])


class SectionOption(click.Option):
    """An option that help shows in a section of its own, after the others."""

    def __init__(self, *names: Any, section: str, **settings: Any) -> None:
        super().__init__(*names, **settings)
        self.section = section


class ExampleCommand(click.Command):
    """A command whose epilog is shown as a section of examples, one a line."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and not isinstance(parameter, click.Argument):
                section = getattr(parameter, "section", "Options")
                sections.setdefault(section, []).append(record)
        for section in sorted(sections, key=lambda name: name != "Options"):
            with formatter.section(section):
                formatter.write_dl(sections[section])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        if self.epilog:
            with formatter.section("Examples"):
                for line in self.epilog.splitlines():
                    formatter.write(f"  {line}\n")


def command(
    name: str, *examples: str, **settings: Any
) -> Callable[[Callable[..., object]], click.Command]:
    """Make a function a command whose help ends with these examples."""
    return click.command(name, cls=ExampleCommand, epilog="\n".join(examples), **settings)


class NamedPath(click.Path):
    """A path that is not empty: as a path, no name at all would be the working directory."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("the name is empty; the working directory is `.`", param, ctx)
        return super().convert(value, param, ctx)


def path_type(*, allow_dash: bool = False) -> click.Path:
    """The type of a parameter that is a path; whoever opens it says whether it is there."""
    return NamedPath(path_type=Path, allow_dash=allow_dash)


def files_argument(function: F) -> F:
    """Add the argument `files`, names of tunebooks."""
    return click.argument(
        "files",
        metavar="FILE...",
        nargs=-1,
        required=True,
        type=click.Path(allow_dash=True),
        help="Tunebooks, directories of .abc files, globs, or - for standard input.",
    )(function)


def column_option(function: F) -> F:
    """Add the option `--column`, the column of tunes in tables."""
    return click.option(
        "--column",
        metavar="NAME",
        default="",
        show_default=False,
        help="Column of tunes in a table (default: abc, text, output or the like, if that is clear).",
    )(function)


def dataset_argument(function: F) -> F:
    """Add the argument `data`, a data set."""
    return click.argument(
        "data", metavar="DATASET", type=path_type(), help="A data set made by tuneloom ingest."
    )(function)


def against_option(function: F) -> F:
    """Add the option `--against`, a data set to compare with."""
    return click.option(
        "--against",
        metavar="DATASET",
        type=path_type(),
        help="Compare with the real tunes of this data set, and measure originality.",
    )(function)


def run_argument(function: F) -> F:
    """Add the argument `run`, the directory of a trained network."""
    return click.argument(
        "run", metavar="RUN", type=path_type(), help="The directory of a run of tuneloom train."
    )(function)


def seed_option(text: str) -> Callable[[F], F]:
    """Add the option `--seed`; `text` says what it decides."""
    return click.option(
        "--seed", type=click.IntRange(0, 2**31 - 1), default=0, metavar="N", help=text
    )
