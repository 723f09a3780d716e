"""The files of `static/`: the frame of the page, its styles, and its scripts in the order they run in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

__all__ = ["ABCJS", "SCRIPTS", "STYLES", "fill_slots", "read_asset", "read_script"]

ABCJS = "abcjs-basic-min.js"
"""abcjs, which engraves; `tuneloom.web.abcjs` says of which version it is."""

_SLOT = re.compile(r"\{\{(\w+)\}\}")

STYLES = ("page.css", "print.css")
SCRIPTS = (
    "page-data.js",
    "engraving.js",
    "plucked-string.js",
    "synth.js",
    "player.js",
    "abcjs-sound.js",
    "downloads.js",
    "midi-file.js",
    "tune-list.js",
    "nearest-tune.js",
    "transport.js",
    "tune-view.js",
    "tunebook.js",
    "main.js",
)


def read_asset(name: str) -> str:
    """The text of a file of `static/`."""
    return files(__package__).joinpath("static", name).read_text(encoding="utf-8")


def fill_slots(document: str, slots: Mapping[str, str]) -> str:
    """A document in which each `{{name}}` is replaced."""
    return _SLOT.sub(lambda slot: slots[slot[1]], document)


def read_script() -> str:
    """The page's own scripts as one."""
    return '"use strict";\n' + "\n".join(map(read_asset, SCRIPTS))
