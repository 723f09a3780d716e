"""`tuneloom completion`: the script by which a shell completes commands, options and files."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from tuneloom.cli.command import command
from tuneloom.cli.commands import COMPLETION_VARIABLE

__all__ = ["completion_command"]


@command(
    "completion",
    '~/.bashrc:                   eval "$(tuneloom completion bash)"',
    '~/.zshrc:                    eval "$(tuneloom completion zsh)"',
    "~/.config/fish/config.fish:  tuneloom completion fish | source",
)
@click.argument(
    "shell", metavar="SHELL", type=click.Choice(["bash", "zsh", "fish"]), help="bash, zsh or fish."
)
def completion_command(shell: str) -> None:
    """Print a script that completes commands in your shell.

    Add the line for your shell to the file that it reads when it starts. Bash must be 4.4 or newer.
    """
    completion = get_completion_class(shell)
    assert completion is not None
    # The script depends on the command's name alone.
    script = completion(click.Command("tuneloom"), {}, "tuneloom", COMPLETION_VARIABLE)
    click.echo(script.source(), nl=False)
