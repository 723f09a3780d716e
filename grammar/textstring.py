"""Text strings: what the escapes of section 8.2 stand for, in titles and other text for people."""

from __future__ import annotations

import html
import re
import unicodedata

__all__ = ["decode_text"]

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "c": "\u0327",
    "v": "\u030c", "u": "\u0306", "H": "\u030b",
}  # fmt: skip
_LETTERS = {
    "AA": "Å", "aa": "å", "AE": "Æ", "ae": "æ", "OE": "Œ", "oe": "œ", "ss": "ß", "/O": "Ø", "/o": "ø",
    "DH": "Ð", "dh": "ð", "TH": "Þ", "th": "þ", "/D": "Đ", "/d": "đ",
}  # fmt: skip
_ESCAPE = re.compile(
    r"\\u(?P<code>[0-9A-Fa-f]{4})|\\(?P<letter>" + "|".join(map(re.escape, _LETTERS)) + r")"
    r"|\\(?P<accent>[`'^~\"cvuH])(?P<base>[A-Za-z])|\\(?P<plain>[\\%&])|(?P<font>\$[0-4])"
)


def decode_text(text: str) -> str:
    r"""A text string as a person reads it: `\'e`, `&eacute;` and `\u00e9` are all é; `$1` is nothing."""
    return (
        html.unescape(_ESCAPE.sub(_decoded, text))
        if "\\" in text or "&" in text or "$" in text
        else text
    )


def _decoded(match: re.Match[str]) -> str:
    if match["code"]:
        code = int(match["code"], 16)
        return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
    if match["letter"]:
        return _LETTERS[match["letter"]]
    if match["accent"]:
        return unicodedata.normalize("NFC", match["base"] + _ACCENTS[match["accent"]])
    return {"&": "&amp;"}.get(match["plain"] or "", match["plain"] or "")
