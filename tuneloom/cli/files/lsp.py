"""`tuneloom lsp`: a language server for editors."""

from __future__ import annotations

import logging

from tuneloom.cli.command import command

__all__ = ["lsp_command"]


@command("lsp", "tuneloom lsp")
def lsp_command() -> None:
    """Serve an editor: findings as you type, formatting, and more.

    Speaks the Language Server Protocol on standard input and output, so it is the editor that runs it.
    """
    from tuneloom.lsp.server import make_server

    logging.basicConfig(level=logging.ERROR)  # on standard error, which editors keep in a log
    make_server().start_io()
