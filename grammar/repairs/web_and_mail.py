"""Repairs of what web pages and mail programs made of a tune."""

from __future__ import annotations

import re

from tuneloom.grammar.diagnostics.foreign_text import END_LINE, MARKUP
from tuneloom.grammar.repairs.cut_lines import is_joint_unheard, is_last_music, is_music_at
from tuneloom.grammar.repairs.interface import Repair, RepairPlace, substitution
from tuneloom.grammar.repairs.notes import is_skipped
from tuneloom.grammar.source.text_strings import unescape_entities

__all__ = ["WEB_AND_MAIL"]

_BLANK = re.compile("=20")
_PLAYED = re.compile(r"[A-Ga-gxyzXZ-]")


def _comment_silent_end(text: str, place: RepairPlace) -> str:
    """The same for a line after all music that has no letter which players take for a note or a rest."""
    is_unheard = not _PLAYED.search(place.current_line) and is_last_music(place, place.line)
    return _comment_tags(text, place) if is_unheard else text


def _comment_tags(text: str, place: RepairPlace) -> str:
    """A line that only says that the text ends, or of which nothing is left, which would end the tune."""
    line = place.current_line
    only_tags = MARKUP.search(line) and not MARKUP.sub("", line).strip()
    return "%" + line if only_tags or END_LINE.fullmatch(line) else text


def _unescape_html(match: re.Match[str]) -> str:
    return " " if match[0][0] in "<[-" else unescape_entities(match[0]).replace("\xa0", " ")


def _decode_byte(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))


def _decode_skipped_blanks(text: str, _: RepairPlace) -> str:
    """Blanks for `=20`, but not inside a chord or before an arrow, which abcjs plays otherwise."""

    def replacement(match: re.Match[str]) -> str:
        return " " if is_skipped(text, match.start(), match.end()) else match[0]

    return _BLANK.sub(replacement, text)


def _continue_soft_line_break(text: str, place: RepairPlace) -> str:
    """Mail programs cut a long line with `=`."""
    line = place.current_line
    if line[place.column :].rstrip() == "=" and is_music_at(place.lines, place.line + 1):
        return place.with_line(line[: place.column] + "\\")
    return text


def _continue_unheard(text: str, place: RepairPlace) -> str:
    return _continue_soft_line_break(text, place) if is_joint_unheard(place, place.line) else text


WEB_AND_MAIL = (
    Repair(
        "html", "html", "`&gt;` means `>` and `<br>` nothing: the tune comes from a web page",
        "notes",
        substitution(rf"&(?:gt|lt|amp|quot|nbsp|#\d{{2,3}});|{MARKUP.pattern}", _unescape_html, re.I),
        safe=False,  # players take the b of `<br>` for a note
    ),
    Repair(
        "last-line-of-tags", "html", "a last line such as `</html>` or `---` is a comment",
        "music", _comment_silent_end,
    ),
    Repair(
        "line-of-tags", "html", "any other such line, whose letters players take for notes, is a comment",
        "music", _comment_tags, safe=False,
    ),
    Repair(
        "quoted-blank", "quoted-printable", "`=20` means a blank: the tune comes from a mail",
        "notes", _decode_skipped_blanks,
    ),
    # Unsafe: players take the D of `=3DB` for a note.
    Repair(
        "quoted-printable", "quoted-printable", "`=3D` means `=`, and so on",
        "notes", substitution(r"=([2-7][0-9A-F])", _decode_byte), safe=False,
    ),
    Repair(
        "soft-line-break", "stray-accidental", "a line end of e-mail, `=`",
        "error", _continue_unheard,
    ),
    Repair(
        "soft-line-break-at-bar-line", "stray-accidental", "the same where abcjs plays the lines otherwise",
        "error", _continue_soft_line_break, safe=False,
    ),
)  # fmt: skip
