r"""The resolved text alone, of tunes in which little is to be resolved.

Most tunes have no macros, no U:, no `+:`; for them, comments, blanks at the ends of lines, continuations, and
the `!` that breaks a line are all that stands between the source and its resolved text. Without places to
map back to, a search of the whole text for each of these is many times faster than the resolver.
"""

from __future__ import annotations

import re

__all__ = ["quick_resolved_text"]

# Each begins with a literal, which `re` looks for at the speed of `in`.
# What the resolver reads line by line: continued fields, macros, symbols of the user's own, and fields with
# blanks before their letter or colon.
_LEFT_TO_THE_RESOLVER = re.compile(r"\n(?:\+:|[UmI]:|[A-Za-z][ \t]+:|[ \t]+[A-Za-z][ \t]*:)")
_SETTING = re.compile(r"\n%%[ \t]*(?:linebreak|decoration)")
_COMMENT_LINE = re.compile(r"\n[ \t]*%.*")
_COMMENT = re.compile(r"%.*")
_FIELD_CONTINUED = re.compile(r"\n[A-Za-z]:.*\\\n")
_BARS_APART = re.compile(r"\\\n(?<=[|:\[\]]\\\n)(?=[|:\[\]])")
_CONTINUED = re.compile(r"\\\n(?![H-Wh-w]:|\Z)")
_FIELD_OR_TEXT_MARKED = re.compile(r'\n[H-Wh-w]:.*!\n|"')
_EMPTY_OR_BLANK = re.compile(r"\n(?<=\s\n)")
_MARKED_LINE = re.compile(r"\n(?![H-Wh-w]:)([^!\n]*!.*)")
_DECORATED = re.compile(r'(?:[^!"]|"[^"\\]*"|![^! \t|:\[\]]*!)*')


def quick_resolved_text(text: str) -> str | None:
    """What `resolve_tune(text).text` is, if it can be told without the resolver and no line is empty."""
    text = text.rstrip("\n") + "\n"
    if (
        not text.startswith("X:")
        or "[U:" in text
        or "[m:" in text
        or _LEFT_TO_THE_RESOLVER.search(text)
    ):
        return None
    if "%" in text:
        if "\\%" in text or _SETTING.search(text):
            return None
        text = _COMMENT.sub("", _COMMENT_LINE.sub("", text))
    text = _without_line_end_blanks(text)
    if _EMPTY_OR_BLANK.search(text):
        return None
    begin = text.find("\nK:")
    if "\\\n" in text:
        if (
            not 0 < begin < text.index("\\\n")
            or "\n\\\n" in text
            or "!" in text[begin:]
            or _FIELD_CONTINUED.search(text)
        ):
            return None
        text = _CONTINUED.sub("", _BARS_APART.sub(" ", text)).replace("\\\n", "\n")
    if begin < 0 or "!" not in text[begin:]:
        return text
    body = _without_line_breaks(text[begin:])
    return None if body is None else text[:begin] + body


def _without_line_end_blanks(text: str) -> str:
    """The text without blanks at the ends of lines."""
    if " \n" not in text:
        return text
    return "\n".join([line.rstrip(" ") for line in text.split("\n")])


def _without_line_breaks(body: str) -> str | None:
    """The body without the `!` at the ends of music lines; None if there may be others (12.2)."""
    if body.count("!") == body.count("!\n"):
        if _FIELD_OR_TEXT_MARKED.search(body):
            return None
        while "\n!\n" in body:  # nothing is left of such a line
            body = body.replace("\n!\n", "\n")
        body = _without_line_end_blanks(body.replace("!\n", "\n"))
        return None if _EMPTY_OR_BLANK.search(body) else body
    if all(_DECORATED.fullmatch(line[1]) for line in _MARKED_LINE.finditer(body)):
        return body
    return None
