"""`tuneloom explain`: the page of a code, or a list of all codes."""

from __future__ import annotations

import click

from tuneloom.cli.command import command
from tuneloom.grammar.errors import UsageError

__all__ = ["explain_command"]


@command("explain", "tuneloom explain bar-length", "tuneloom explain")
@click.argument(
    "code",
    required=False,
    metavar="[CODE]",
    help="A code, such as bar-length; without one, all are listed.",
)
def explain_command(code: str | None) -> None:
    """Explain a code that check reports: what it means, why it matters and what would be right."""
    from tuneloom.grammar.checking import pages
    from tuneloom.grammar.checking.levels import all_codes

    if code is None:
        click.echo(_list_codes())
    elif code in all_codes():
        click.echo(pages.page(code), nl=False)
    else:
        from difflib import get_close_matches

        nearest = get_close_matches(code, all_codes(), 1)
        hint = f"did you mean {nearest[0]!r}?" if nearest else "tuneloom explain lists them all"
        raise UsageError(f"there is no code {code!r}; {hint}")


def _list_codes() -> str:
    from tuneloom.grammar.checking import pages
    from tuneloom.grammar.checking.levels import CHECKED_LEVELS, all_codes, own_codes

    width = max(map(len, all_codes()))
    sections = (
        "\n".join(
            [level, *(f"  {c:{width}}  {pages.summary(c)}" for c in sorted(own_codes(level)))]
        )
        for level in CHECKED_LEVELS
    )
    return "\n\n".join(sections)
