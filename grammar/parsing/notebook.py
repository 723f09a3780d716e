"""What a notebook shows of a tune, and of what is wrong with a text: plain HTML without styles."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from tuneloom.grammar.source.text_strings import decode_text

if TYPE_CHECKING:
    from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
    from tuneloom.grammar.tune.elements import Tune

__all__ = ["diagnostics_html", "tune_html"]


def tune_html(tune: Tune) -> str:
    """A table of the main fields and counts, and the text that the tune was read from."""
    rows = "".join(
        f"<tr><th>{name}</th><td>{escape(value)}</td></tr>" for name, value in _facts(tune)
    )
    text = f"<pre>{escape(tune.text)}</pre>" if tune.text else ""
    return f"<table>{rows}</table>{text}"


def diagnostics_html(diagnostics: tuple[Diagnostic, ...]) -> str:
    """A list of what is wrong, each with its place and help."""
    items = "".join(
        f"<li>line {d.line}, column {d.column}: {escape(d.message)}<br>{escape(d.help)}</li>"
        for d in diagnostics
    )
    return f"<ul>{items}</ul>"


def _facts(tune: Tune) -> Iterator[tuple[str, str]]:
    yield "title", decode_text(tune.field("T"))
    yield "key", f"{tune.key.tonic} {tune.key.mode}" if tune.key.tonic else "none"
    yield "metre", tune.meter
    yield "unit length", str(tune.unit_note_length)
    if tempo := tune.field("Q"):
        yield "tempo", tempo
    yield "bars", str(len(tune.bars))
    yield "voices", str(len(tune.voices))
