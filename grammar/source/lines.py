"""Lines of a text as a tunebook counts them: ended by LF, CRLF or CR, mixed as they come."""

from __future__ import annotations

import re

__all__ = ["LINE_END", "split_lines"]

LINE_END = re.compile(r"\r\n|\r|\n")


def split_lines(text: str) -> list[str]:
    """The lines of a file, without their ends and without a byte order mark."""
    return LINE_END.split(text.removeprefix("\ufeff"))
