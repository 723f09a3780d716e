"""Text strings: titles and other text for people, with the escapes of section 8.2."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["decode_text", "unescape_entities"]

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "c": "\u0327",
    "v": "\u030c", "u": "\u0306", "H": "\u030b",
}  # fmt: skip
_LETTERS = {
    "AA": "Å", "aa": "å", "AE": "Æ", "ae": "æ", "OE": "Œ", "oe": "œ", "ss": "ß", "/O": "Ø", "/o": "ø",
    "DH": "Ð", "dh": "ð", "TH": "Þ", "th": "þ", "/D": "Đ", "/d": "đ", "O{}": "Ø", "o{}": "ø",
}  # fmt: skip
# Most texts are plain, so these patterns are compiled when one is not.
# TeX ends the name of a letter with `{}` and puts braces round the letter under an accent.
_ESCAPE = (
    r"\\u(?P<code>[0-9A-Fa-f]{4})|\\(?P<letter>" + "|".join(map(re.escape, _LETTERS)) + r")(?:{})?"
    r"|\\(?P<accent>[`'^~\"cvuH])(?P<brace>{)?(?P<base>[A-Za-z])(?(brace)})"
    r"|\\(?P<plain>[\\%&#\x22])|(?P<font>\$[0-4])|(?P<end>\s*\\\s*$)"
)
_PLAIN = re.compile(r"[^\\&$<=\x00-\x1f\x7f-\x9f]*")
_NO_LETTER = r"&#[0-9]{8,};?"
_CONTROL = r"[\x00-\x1f\x7f-\x9f]+"
_TAG = r"(?i:</?(?:a|b|br|center|em|font|i|p|span|strong|sub|sup|tt|u)(?:\s[^<>]*)?/?>)"
# A letter beyond ASCII, a blank, `=` or `"`. A year or a tempo after an equals sign is none of these.
_QUOTED_PRINTABLE = r"(?:=[C-F][0-9A-F](?:=[89AB][0-9A-F])*)+|=(?:20|3D|22)(?![0-9])"


def decode_text(text: str) -> str:
    r"""A text string as a person reads it: `\'e`, `&eacute;` and `\u00e9` are all é; `$1` is nothing.

    So are the tags of a web page; `=E9` and `=C3=A9`, as mail programs write them, are é again, and
    TeX's `\o{}` is ø. No control character comes out, and no accent that no letter of Unicode has.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = unescape_entities(re.sub(_ESCAPE, _decoded, re.sub(_TAG, "", text)))
    text = re.sub(_QUOTED_PRINTABLE, _from_mail, text) if "=" in text else text
    return re.sub(_CONTROL, " ", text)


def unescape_entities(text: str) -> str:
    """`&eacute;` and `&#233;` are é, and a number that no letter has is U+FFFD, however long it is."""
    if "&" not in text:
        return text
    import html  # with a table of two thousand names

    return html.unescape(re.sub(_NO_LETTER, "\ufffd", text))


def _from_mail(match: re.Match[str]) -> str:
    data = bytes.fromhex(match[0].replace("=", ""))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _decoded(match: re.Match[str]) -> str:
    if match["code"]:
        code = int(match["code"], 16)
        return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
    if match["letter"]:
        return _LETTERS[match["letter"]]
    if match["accent"]:
        letter = unicodedata.normalize("NFC", match["base"] + _ACCENTS[match["accent"]])
        # A quotation mark before a letter is what `\"The` means.
        return letter if len(letter) == 1 else match["accent"] + match["base"]
    return {"&": "&amp;"}.get(match["plain"] or "", match["plain"] or "")
