"""`tuneloom explain`: the page of a code, or a list of all codes."""

from __future__ import annotations

from collections.abc import Iterable

import click

from tuneloom.cli.command import command
from tuneloom.grammar.errors import UsageError

__all__ = ["explain_command"]


@command("explain", "tuneloom explain bar-length", "tuneloom explain metrical", "tuneloom explain")
@click.argument(
    "code",
    required=False,
    metavar="[CODE]",
    help="A code, such as bar-length, or a level, such as metrical; without one, all are listed.",
)
def explain_command(code: str | None) -> None:
    """Explain a code: what it means, why it matters and what would be right.

    Knows the codes of findings, repairs, rejects and scores, and the levels of validity.
    """
    from tuneloom.grammar.checking import pages
    from tuneloom.grammar.checking.levels import own_codes

    if code is None:
        click.echo(_list_codes())
    elif code in pages.explained_codes():
        click.echo(pages.code_page(code), nl=False)
    elif code in pages.LEVEL_MEANINGS:
        click.echo(f"{code}: {pages.LEVEL_MEANINGS[code]}\n\n{_code_lines(own_codes(code))}")
    else:
        from difflib import get_close_matches

        nearest = get_close_matches(code, pages.explained_codes(), 1)
        hint = f"did you mean {nearest[0]!r}?" if nearest else "tuneloom explain lists them all"
        raise UsageError(f"there is no code {code!r}; {hint}")


def _list_codes() -> str:
    from tuneloom.grammar.checking import pages
    from tuneloom.grammar.checking.levels import CHECKED_LEVELS, own_codes
    from tuneloom.grammar.diagnostics.other_codes import CODE_ORIGINS

    groups = (
        {level: own_codes(level) for level in CHECKED_LEVELS}
        | {"collection (no level)": own_codes("collection")}
        | {
            f"{origin} ({meaning})": pages.codes_of_origin(origin)
            for origin, meaning in CODE_ORIGINS.items()
        }
    )
    return "\n\n".join(f"{name}\n{_code_lines(codes)}" for name, codes in groups.items())


def _code_lines(codes: Iterable[str]) -> str:
    from tuneloom.grammar.checking import pages

    width = max(map(len, pages.explained_codes()))
    return "\n".join(f"  {code:{width}}  {pages.summary(code)}" for code in sorted(codes))
