"""`tuneloom lsp`: a language server for editors."""

from __future__ import annotations

import logging
import sys

from tuneloom.cli.command import command
from tuneloom.grammar.errors import UsageError

__all__ = ["lsp_command"]


@command("lsp", "tuneloom lsp")
def lsp_command() -> None:
    """Serve an editor: findings as you type, formatting, and more.

    Speaks the Language Server Protocol on standard input and output, so it is the editor that runs it.
    """
    from tuneloom.lsp.server import make_server

    if sys.stdin.isatty():
        raise UsageError(
            "it is an editor that runs `tuneloom lsp` and speaks to it; docs/editors.md shows how"
        )
    logging.basicConfig(level=logging.ERROR)  # on standard error, which editors keep in a log
    make_server().start_io()
