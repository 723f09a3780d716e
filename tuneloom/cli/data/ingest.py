"""`tuneloom ingest`: the same as `beam run pipeline/ingest.py`."""

import click

from tuneloom.cli.command import command

__all__ = ["ingest_command"]


# Every argument is handed on, --help among them.
@command(
    "ingest",
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
@click.pass_context
def ingest_command(context: click.Context) -> int:
    """Make a data set from collections of tunes, as `beam run pipeline/ingest.py` does."""
    from tuneloom.pipeline.run import main

    return main(context.args, context.command_path)
