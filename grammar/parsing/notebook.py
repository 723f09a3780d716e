"""What a notebook shows of a tune, and of what is wrong with a text: plain HTML without styles."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from tuneloom.grammar.source.text_strings import decode_text
from tuneloom.grammar.tune.elements import is_timed

if TYPE_CHECKING:
    from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
    from tuneloom.grammar.tune.elements import Tune

__all__ = ["diagnostics_html", "tune_facts"]


def diagnostics_html(diagnostics: Sequence[Diagnostic]) -> str:
    """A list of what is wrong, each with its place and help."""
    items = "".join(
        f"<li>line {d.line}, column {d.column}: {escape(d.message)}<br>{escape(d.help)}</li>"
        for d in diagnostics
    )
    return f"<ul>{items}</ul>"


def tune_facts(tune: Tune) -> dict[str, str]:
    """The main fields and counts by their names, the title first; bars are those with a note or a rest."""
    facts = {
        "title": decode_text(tune.field("T")),
        "rhythm": decode_text(tune.field("R")),
        "key": f"{tune.key.tonic} {tune.key.mode}" if tune.key.tonic else "no key",
        "metre": tune.meter,
        "tempo": tune.field("Q"),
        "bars": f"{sum(any(map(is_timed, bar.elements)) for bar in tune.bars)} bars",
        "voices": f"{len(tune.voices)} voices" if len(tune.voices) > 1 else "",
    }
    return {name: fact for name, fact in facts.items() if fact or name == "title"}
