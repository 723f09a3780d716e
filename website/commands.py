"""Pages of the commands, made from what `--help` shows."""

from __future__ import annotations

import inspect
import re

import click

from tuneloom.cli.app import tuneloom_command
from tuneloom.cli.commands import COMMANDS

__all__ = ["command_pages"]

_RAW_HTML = re.compile(r"<(?=[A-Za-z/])")


def command_pages() -> dict[str, str]:
    """The Markdown of a page for each command, and of one that lists them, by name in the site."""
    pages = {f"{name}.md": _command_page(name) for name in COMMANDS}
    return {"index.md": _list_of_commands(), **pages}


def _list_of_commands() -> str:
    lines = ["# Commands", "", _prose(tuneloom_command.help)]
    for section in dict.fromkeys(entry.section for entry in COMMANDS.values()):
        lines += ["", f"## {section}", "", "| command | what it does |", "|---|---|"]
        lines += [
            f"| [`{name}`]({name}.md) | {entry.summary} |"
            for name, entry in COMMANDS.items()
            if entry.section == section
        ]
    return "\n".join(lines) + "\n"


def _command_page(name: str) -> str:
    entry = COMMANDS[name]
    command = entry.load(name)
    context = click.Context(
        command, info_name=f"tuneloom {name}", **tuneloom_command.context_settings
    )
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    parts = [f"# tuneloom {name}", f"```text\n{usage}\n```", _prose(command.help)]
    if entry.extra:
        parts.append(f"Needs an extra: `pip install 'tuneloom[{entry.extra}]'`.")
    for section, records in _parameters(command, context).items():
        parts.append(f"## {section}")
        parts += [f"`{names}`\n:   {_prose(help_text)}" for names, help_text in records]
    if command.epilog:
        parts.append(f"## Examples\n\n```sh\n{command.epilog}\n```")
    return "\n\n".join(parts) + "\n"


def _parameters(command: click.Command, context: click.Context) -> dict[str, list[tuple[str, str]]]:
    """The names and the help of all parameters, by section of the page; the arguments first."""
    sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
    for parameter in command.get_params(context):
        if record := parameter.get_help_record(context):
            argument = isinstance(parameter, click.Argument)
            section = "Arguments" if argument else getattr(parameter, "section", "Options")
            sections.setdefault(section, []).append(record)
    return {section: records for section, records in sections.items() if records}


def _prose(help_text: str | None) -> str:
    """Help as Markdown: no marks of click, and no `<` that would begin HTML."""
    text = inspect.cleandoc(help_text or "").replace("\b\n", "")
    return _RAW_HTML.sub("&lt;", text)
