"""Diagrams in Mermaid's language, drawn when the site is built."""

from __future__ import annotations

import hashlib
from typing import Any

import mermaidx

__all__ = ["diagram"]


def diagram(
    source: str, language: str, css_class: str, options: object, md: object, **_: Any
) -> str:  # as pymdownx.superfences calls it
    """A diagram as SVG, from top to bottom: on its side it would not fit a phone."""
    del language, options, md
    svg = mermaidx.render(source.replace("flowchart LR", "flowchart TB")).svg()
    name = f"diagram-{hashlib.sha256(source.encode()).hexdigest()[:8]}"
    return f'<div class="{css_class}">{svg.replace("my-svg", name)}</div>'
