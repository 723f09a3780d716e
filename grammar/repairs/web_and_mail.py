"""Repairs of what web pages and mail programs made of a tune."""

from __future__ import annotations

import html
import re

from tuneloom.grammar.diagnostics.foreign_text import END_LINE, MARKUP
from tuneloom.grammar.repairs.cut_lines import is_music_at
from tuneloom.grammar.repairs.interface import Repair, RepairPlace, substitution

__all__ = ["WEB_AND_MAIL"]


def _comment_tags(text: str, place: RepairPlace) -> str:
    """A line that only says that the text ends, or of which nothing is left, which would end the tune."""
    line = place.current_line
    only_tags = not text.strip() and MARKUP.search(line)
    return "%" + line if only_tags or END_LINE.fullmatch(line) else text


def _unescape_html(match: re.Match[str]) -> str:
    return " " if match[0][0] in "<[-" else html.unescape(match[0]).replace("\xa0", " ")


def _decode_byte(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _continue_soft_line_break(text: str, place: RepairPlace) -> str:
    """Mail programs cut a long line with `=`."""
    line = place.current_line
    if line[place.column :].rstrip() == "=" and is_music_at(place.lines, place.line + 1):
        return place.with_line(line[: place.column] + "\\")
    return text


WEB_AND_MAIL = (
    Repair(
        "html", "html", "`&gt;` means `>` and `<br>` nothing: the tune comes from a web page",
        "notes",
        substitution(rf"&(?:gt|lt|amp|quot|nbsp|#\d{{2,3}});|{MARKUP.pattern}", _unescape_html, re.I),
    ),
    Repair(
        "line-of-tags", "html", "a line such as `</html>`, `<|endoftext|>` or `---` is a comment",
        "music", _comment_tags,
    ),
    Repair(
        "quoted-blank", "quoted-printable", "`=20` means a blank: the tune comes from a mail",
        "notes", substitution(r"=20", " "),
    ),
    # Unsafe: players take the D of `=3DB` for a note.
    Repair(
        "quoted-printable", "quoted-printable", "`=3D` means `=`, and so on",
        "notes", substitution(r"=([2-7][0-9A-F])", _decode_byte), safe=False,
    ),
    Repair(
        "soft-line-break", "stray-accidental", "a line end of e-mail, `=`",
        "error", _continue_soft_line_break,
    ),
)  # fmt: skip
