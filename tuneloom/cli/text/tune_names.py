"""What names a tune in a finding: the number and the title of its header, safe to print on a terminal."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from tuneloom.grammar.source.text_strings import decode_text

__all__ = ["NO_TUNE", "TuneName", "printable", "tune_name"]

_MAX_TITLE = 60  # characters of a title beside a finding
_FIELD = re.compile(r"^[ \t]*([XTK]):([^\n%]*)", re.MULTILINE)
_BLANKS = re.compile(r"\s+")
# Controls, invisible characters (those that turn the direction of text among them), and line separators.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class TuneName(Struct, frozen=True):
    """The value of X: and the first title, each empty if there is none."""

    reference: str = ""
    title: str = ""

    def __str__(self) -> str:
        """`X:4 The Kesh`; a long title is cut."""
        title = self.title if len(self.title) <= _MAX_TITLE else f"{self.title[: _MAX_TITLE - 1]}…"
        number = f"X:{self.reference[:_MAX_TITLE]}" if self.reference else ""
        return " ".join(part for part in (number, title) if part)


NO_TUNE = TuneName()
"""The name of what belongs to no tune."""


def tune_name(text: str) -> TuneName:
    """The name of a tune, from its fields before K:."""
    values: dict[str, str] = {}
    for field in _FIELD.finditer(text):
        values.setdefault(field[1], field[2])
        if field[1] == "K":
            break
    reference, title = values.get("X", ""), decode_text(values.get("T", ""))
    return TuneName(*(_BLANKS.sub(" ", printable(value)).strip() for value in (reference, title)))


def printable(text: str) -> str:
    """The text with U+FFFD for each character that a terminal might obey; tabs remain."""
    if text.isprintable():
        return text
    return "".join(
        "\ufffd" if char != "\t" and unicodedata.category(char) in _UNSAFE else char
        for char in text
    )
