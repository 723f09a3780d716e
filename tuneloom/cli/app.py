"""The `tuneloom` command: runs a subcommand and turns what comes of it into an exit status."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

import click

from tuneloom import __version__
from tuneloom.cli.commands import COMMANDS, COMPLETION_VARIABLE, CommandTable
from tuneloom.cli.status import FINDINGS, INTERRUPTED, USAGE
from tuneloom.grammar.errors import TuneloomError, in_one_line
from tuneloom.grammar.extras import missing_extra

__all__ = ["COLLECTED_AFTER", "main", "tuneloom_command"]

COLLECTED_AFTER = 20_000
"""How many new objects there must be before garbage is looked for: more than imports alone make."""


@click.command(
    "tuneloom",
    cls=CommandTable,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "show_default": True},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def tuneloom_command(context: click.Context) -> None:
    """Parse, clean and learn from folk-tune collections in ABC notation with one grammar.

    Run `tuneloom COMMAND --help` for the options of a command.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        context.exit(USAGE)


def main(arguments: Sequence[str] | None = None, command: click.Command = tuneloom_command) -> int:
    """Run a command and return its exit status; a problem is one line on standard error."""
    if arguments is None:
        gc.set_threshold(COLLECTED_AFTER)
        arguments = sys.argv[1:]
    arguments = list(arguments)
    try:
        return _run_command(command, arguments)
    except TuneloomError as error:
        return _fail(str(error), error.exit_code)
    except ModuleNotFoundError as error:
        if not (line := _missing_extra_line(error, arguments)):
            raise
        return _fail(line, USAGE)
    except click.ClickException as error:
        return _fail(error.format_message().rstrip(".") + _see_help(error), USAGE)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone, as `head` does: Python must not flush to it when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS
    except OSError as error:
        return _fail(f"{error.filename or 'input/output'}: {error.strerror or error}", USAGE)


def _run_command(command: click.Command, arguments: list[str]) -> int:
    """Run a command without click's own `main`, which writes and exits by itself."""
    if instruction := os.environ.get(COMPLETION_VARIABLE):
        from click.shell_completion import shell_complete

        return shell_complete(command, {}, "tuneloom", COMPLETION_VARIABLE, instruction)
    try:
        with command.make_context("tuneloom", arguments, color=_color_choice()) as context:
            status = command.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    return status if isinstance(status, int) else 0


def _color_choice() -> bool | None:
    """Whether to color, as NO_COLOR, FORCE_COLOR and TERM say; None if it depends on what is written to."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return False if os.environ.get("TERM") == "dumb" else None


def _missing_extra_line(error: ModuleNotFoundError, arguments: Sequence[str]) -> str | None:
    name = arguments[0] if arguments else ""
    extra = COMMANDS[name].extra if name in COMMANDS else ""
    return missing_extra(error, f"tuneloom {name}", extra)


def _see_help(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f" (see {context.command_path} --help)" if context else ""


def _fail(message: str, status: int) -> int:
    line = in_one_line(" ".join(message.split()))
    click.echo(f"error: {line}", err=True)
    return status
