"""The `tuneloom` command: its subcommands, and how each outcome becomes an exit status.

0    fine
1    findings, or a reader of the output that went away
2    wrong usage, or a file that cannot be read or written
3    a gate missed
4    a run that failed under way
130  Ctrl-C
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from tuneloom import __version__
from tuneloom.cli.data.fetch import fetch
from tuneloom.cli.data.ingest import ingest
from tuneloom.cli.data.rejects import rejects
from tuneloom.cli.data.sources import sources
from tuneloom.cli.data.stats import stats
from tuneloom.cli.data.verify import verify
from tuneloom.cli.network.evaluate import evaluate
from tuneloom.cli.network.generate import generate
from tuneloom.cli.network.train import train
from tuneloom.cli.score.compare import compare
from tuneloom.cli.score.score import score
from tuneloom.cli.text.check import check
from tuneloom.cli.text.explain import explain
from tuneloom.cli.text.format import format_
from tuneloom.grammar.errors import TuneloomError

__all__ = ["app", "main"]

FINDINGS = 1
USAGE = 2
INTERRUPTED = 130

# For a command that hands every argument on, --help among them.
PASS_ON = {"ignore_unknown_options": True, "allow_extra_args": True}

app = typer.Typer(
    name="tuneloom",
    help="Parse, clean and learn from folk-tune collections in ABC notation with one grammar.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tuneloom {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def tuneloom(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - answered by its callback
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(USAGE)


# In the order of the work, which is the order that --help shows.
app.command()(sources)
app.command()(fetch)
app.command(add_help_option=False, context_settings=PASS_ON)(ingest)
app.command()(stats)
app.command()(rejects)
app.command()(verify)
app.command()(check)
app.command("format")(format_)
app.command()(explain)
app.command()(train)
app.command()(evaluate)
app.command()(generate)
app.command()(score)
app.command()(compare)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; a problem is one line on standard error."""
    try:
        status = app(arguments, prog_name="tuneloom", standalone_mode=False)
    except TuneloomError as error:
        return _fail(str(error), error.exit_code)
    except typer.TyperException as error:
        return _fail(error.format_message().rstrip(".") + _where_to_look(error), USAGE)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone, as `head` does; nothing must be flushed to it when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS
    except OSError as error:
        return _fail(f"{error.filename or 'input/output'}: {error.strerror or error}", USAGE)
    return status if isinstance(status, int) else 0


def _where_to_look(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f" (see {context.command_path} --help)" if context else ""


def _fail(message: str, status: int) -> int:
    line = " ".join(message.split())
    print(f"error: {line}", file=sys.stderr)
    return status
