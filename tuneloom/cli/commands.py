"""The table of subcommands, and the group that imports one only when it is called.

The table repeats the first line of each command's help, so that `tuneloom --help` and shell completion
import no command.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from tuneloom.grammar.project import load_project_plugins

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["COMMANDS", "COMPLETION_VARIABLE", "CommandEntry", "CommandTable"]

COMPLETION_VARIABLE = "_TUNELOOM_COMPLETE"  # set by a shell that asks for completions


class CommandEntry(NamedTuple):
    """Where a command is, its help in one line, its section of `tuneloom --help`, and the extra it needs."""

    module: str
    summary: str
    section: str
    extra: str = ""

    def load(self, name: str) -> click.Command:
        """Import the command: `check` is `check_command` of its module."""
        function = f"{name.replace('-', '_')}_command"
        command = getattr(import_module(f"tuneloom.cli.{self.module}"), function)
        assert isinstance(command, click.Command)
        return command


COMMANDS = {
    "check": CommandEntry("check.check", "Report what is wrong with tunes", "Tunes"),
    "format": CommandEntry("text.format", "Rewrite tunes in canonical spelling", "Tunes"),
    "transpose": CommandEntry("book.transpose", "Transpose tunes", "Tunes"),
    "layout": CommandEntry("book.layout", "Lay tunes out anew", "Tunes"),
    "index": CommandEntry("book.index", "List the tunes of a book", "Books"),
    "sort": CommandEntry("book.sort", "Sort the tunes of a book", "Books"),
    "renumber": CommandEntry("book.renumber", "Number the tunes of a book anew", "Books"),
    "extract": CommandEntry("book.extract", "Write the tunes that match as a book", "Books"),
    "merge": CommandEntry("book.merge", "Make one book of several", "Books"),
    "explain": CommandEntry("text.explain", "Explain a code", "Tunes"),
    "lsp": CommandEntry(
        "files.lsp",
        "Serve an editor: findings as you type, formatting, and more",
        "Tunes",
        "lsp",
    ),
    "page": CommandEntry(
        "files.page", "Make a page of tunes: scores, sound, and findings", "Tunes"
    ),
    "duplicates": CommandEntry(
        "text.duplicates", "List tunes that repeat or vary others", "Tunes", "data"
    ),
    "midi": CommandEntry("files.sound", "Write tunes as MIDI files", "Tunes", "data"),
    "wav": CommandEntry("files.sound", "Write tunes as sound", "Tunes", "data"),
    "musicxml": CommandEntry("files.notation", "Write tunes as MusicXML", "Tunes", "data"),
    "svg": CommandEntry("files.notation", "Engrave tunes as SVG pictures", "Tunes", "data"),
    "png": CommandEntry("files.notation", "Engrave tunes as PNG pictures", "Tunes", "data"),
    "sources": CommandEntry(
        "data.sources", "List the collections known by name", "Data sets", "data"
    ),
    "fetch": CommandEntry(
        "data.fetch", "Download a source before it is needed", "Data sets", "data"
    ),
    "ingest": CommandEntry(
        "data.ingest", "Make a data set from collections of tunes", "Data sets", "data"
    ),
    "stats": CommandEntry(
        "data.stats", "Describe a data set or tunebooks in figures", "Data sets", "data"
    ),
    "rejects": CommandEntry(
        "data.rejects", "Show the tunes that were rejected", "Data sets", "data"
    ),
    "verify": CommandEntry(
        "data.verify", "Check a data set against its checksums", "Data sets", "data"
    ),
    "diff": CommandEntry(
        "data.diff", "Show what differs between two data sets", "Data sets", "data"
    ),
    "export": CommandEntry(
        "data.export", "Write a data set in the files that other tools read", "Data sets", "data"
    ),
    "audit": CommandEntry(
        "data.audit", "Show what held-out tunes share with training tunes", "Data sets", "data"
    ),
    "train": CommandEntry("network.train", "Train a network on a data set", "Networks", "train"),
    "evaluate": CommandEntry(
        "network.evaluate", "Measure a network on tunes it has never seen", "Networks", "train"
    ),
    "generate": CommandEntry(
        "network.generate", "Generate tunes with a network", "Networks", "train"
    ),
    "export-network": CommandEntry(
        "network.export_network",
        "Write a network in the files that other libraries read",
        "Networks",
        "train",
    ),
    "score": CommandEntry("score.score", "Score the tunes of a file", "Scores", "data"),
    "compare": CommandEntry("score.compare", "Score several files side by side", "Scores", "data"),
    "report": CommandEntry(
        "score.report",
        "Write a report on runs",
        "Scores",
        "train",
    ),
    "completion": CommandEntry(
        "completion", "Print a script that completes commands in your shell", "Shell"
    ),
}


# What people type for a command of another name.
_OTHER_WORDS = {
    "clean": ("format",),
    "convert": ("format", "musicxml", "export"),
    "find": ("extract", "page"),
    "fix": ("format",),
    "lint": ("check",),
    "pdf": ("page",),
    "play": ("page", "wav"),
    "print": ("page",),
    "render": ("svg", "png"),
    "repair": ("format",),
    "sample": ("generate",),
    "search": ("extract", "page"),
    "validate": ("check",),
}


class CommandTable(click.Group):
    """A group of the commands in COMMANDS, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - given by click
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return COMMANDS[cmd_name].load(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Load the project's plugins before the command, whose options may list what they add."""
        load_project_plugins(Path.cwd())
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as unknown:
            raise click.UsageError(_what_was_meant(unknown.command_name), ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        width = max(map(len, COMMANDS))
        for section in dict.fromkeys(entry.section for entry in COMMANDS.values()):
            with formatter.section(section):
                formatter.write_dl(
                    [
                        (name.ljust(width), entry.summary)
                        for name, entry in COMMANDS.items()
                        if entry.section == section
                    ]
                )

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        from click.shell_completion import CompletionItem

        names = [
            CompletionItem(name, help=entry.summary)
            for name, entry in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)


def _what_was_meant(name: str) -> str:
    from difflib import get_close_matches

    meant = _OTHER_WORDS.get(name) or get_close_matches(name, COMMANDS)
    alternatives = " or ".join(f"'{command}'" for command in meant)
    return f"No such command '{name}'." + (f" Did you mean {alternatives}?" if meant else "")
