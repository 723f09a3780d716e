"""The scripts of the composer, joined so that a page or Node can run them without a build step."""

from __future__ import annotations

from pathlib import Path

__all__ = ["composer_script"]

_FOLDER = Path(__file__).parents[1] / "static" / "composer"
_ORDER = (
    *("network/packed", "network/lstm", "network/composing_network"),
    *("network/counter_rng", "network/token_choice"),
    *("keys/key", "keys/one_tonic"),
    *("aids/fields", "aids/note_length", "aids/music_state", "aids/bar_clock", "aids/last_pitch"),
    *("aids/places", "aids/matches", "aids/tune_reader", "aids/aids"),
    *("constraints/token_table", "constraints/syntax_constraint"),
    *("constraints/metre_state", "constraints/metre_lengths", "constraints/metre_fields"),
    *("constraints/metre_bars", "constraints/metre_notes", "constraints/metre_transitions"),
    *("constraints/metre_ending", "constraints/metre_ties", "constraints/metre_constraint"),
    *("network/writing", "kept_bars", "around_kept"),
    *("prompts", "composer", "settings_link", "panel"),
)
_NAMES = (
    *("Composer", "composerPanel", "AidReader", "TokenTable"),
    *("unpackFloats", "unpackIntegers", "toOneTonic", "toOwnKey", "oneTonicKey"),
    *("linkOf", "settingsOf", "keptBars"),
)
"""What other scripts may use."""


def composer_script() -> str:
    """JavaScript that defines `TuneloomComposer`, an object with these names."""
    parts = (_FOLDER.joinpath(f"{name}.js").read_text("utf-8") for name in _ORDER)
    names = ", ".join(_NAMES)
    return (
        '"use strict";\nconst TuneloomComposer = (() => {\n'
        + "\n".join(parts)
        + f"\nreturn {{ {names} }};\n}})();\n"
    )
