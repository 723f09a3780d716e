"""The charset of a file: by its byte order mark, its own declaration, and the evidence of its letters.

No 8-bit charset announces itself: the bytes of `Muiñeira` on a Macintosh are `Mui–eira` on Windows. But
only one of the two looks like a word, in which letters are next to letters, and capitals come first.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache

from msgspec import Struct

__all__ = [
    "Mojibake",
    "byte_order_mark",
    "charset_of",
    "declared_as_utf8",
    "mojibake_of",
    "refused_charset",
    "with_narrow_bytes",
]

# A line may end with a carriage return alone, after which `^` does not match.
_DECLARED = re.compile(rb"(?:\A|(?<=[\r\n]))(?:%%|I:)abc-charset[ \t]+([A-Za-z0-9_.:-]+)")
_DECLARATION = re.compile(r"(?:\A|(?<=[\r\n]))((?:%%|I:)abc-charset[ \t]+)[^\s%]+")
_CHARSETS = ("cp1252", "mac_roman", "cp850")
"""The 8-bit charsets that tunebooks are found in; of two that read equally well, the first."""
# What `abc-charset` may say, besides these: in each of them the bytes of ASCII are ASCII, and any text that
# was decoded becomes the same bytes again. Python has codecs of other kinds, such as `unicode_escape`.
_DECLARABLE = frozenset({
    *_CHARSETS, *(f"iso8859-{part}" for part in range(1, 17)), *(f"cp{page}" for page in range(1250, 1259)),
    "cp437", "cp737", "cp775", "cp852", "cp855", "cp857", "cp858", "cp860", "cp861", "cp862", "cp863",
    "cp865", "cp866", "cp869", "koi8-r", "koi8-u", "tis-620", "mac-roman", "mac-greek", "mac-turkish",
    "mac-cyrillic", "mac-iceland", "mac-latin2", "euc_jp", "euc_kr", "gb2312",
})  # fmt: skip
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_MAX_EVIDENCE = 5000  # characters outside ASCII that are looked at

_LETTERS = frozenset("áàâäãåæçéèêëíìîïñóòôöõøœßúùûüýÿ")
_OPENING, _CLOSING, _APOSTROPHES, _ORDINALS = "“‘„«¿¡", "”’»", "’‘´", "ªº°"


def byte_order_mark(data: bytes) -> bytes:
    """The mark of UTF-8 or UTF-16 at the beginning of a file, or nothing."""
    marks = (codecs.BOM_UTF8, *_WIDE)
    return next((mark for mark in marks if data.startswith(mark)), b"")


def with_narrow_bytes(data: bytes) -> bytes:
    """A file in UTF-16 in UTF-8, and any other as it is."""
    charset = charset_of(data) if data[:2] in _WIDE else ""
    return data.decode(charset).encode() if charset in _WIDE.values() else data


def declared_as_utf8(text: str) -> str:
    """A text in which `abc-charset`, wherever it says something, says UTF-8."""
    return _DECLARATION.sub(r"\g<1>utf-8", text)


def charset_of(data: bytes) -> str:
    """The name of the codec that reads these bytes as a person would; it reads all of them.

    UTF-16 with a byte order mark, which remains; UTF-8 where it can be that, since no other text looks like
    it by chance; else what `%%abc-charset` says (section 11.1), else whichever of Windows', the Macintosh's
    and DOS's charset makes words, else Latin-1, in which every byte means something.
    """
    if _can_be(data, "utf-8"):
        return "utf-8"
    wide = _WIDE.get(data[:2])
    if wide and _can_be(data, wide):
        return wide
    declared = _declared(data)
    candidates = (declared,) if declared else _CHARSETS
    readable = [charset for charset in candidates if _can_be(data, charset)]
    if len(readable) < 2:
        return readable[0] if readable else "latin-1"
    return max(readable, key=lambda charset: _sense(data.decode(charset)))


def refused_charset(data: bytes) -> tuple[int, str]:
    """The line and the name of an `%%abc-charset` by which these bytes were not read; 0 and "" if none is.

    That of a text in UTF-8, whatever it says, is no matter.
    """
    match = _DECLARED.search(data)
    if match is None or data.isascii() or charset_of(data).startswith("utf") or _declared(data):
        return 0, ""
    return 1 + len(data[: match.start()].splitlines()), match[1].decode()


def _declared(data: bytes) -> str:
    """The charset that a file claims to be in, if it can be; Latin-1 means Windows', as on the web."""
    match = _DECLARED.search(data)
    if match is None:
        return ""
    try:
        name = codecs.lookup(match[1].decode()).name
    except LookupError:
        return ""
    if name not in _DECLARABLE or not _can_be(data, name):
        return ""
    return "cp1252" if name == "iso8859-1" and _can_be(data, "cp1252") else name


def _can_be(data: bytes, charset: str) -> bool:
    try:
        data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _sense(text: str) -> int:
    """How much a text looks like words, from its characters outside ASCII and their neighbours."""
    total = 0
    for number, match in enumerate(re.finditer(r"[^\x00-\x7f]", text)):
        if number == _MAX_EVIDENCE:
            break
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        total += _sense_of(match[0], before, after)
    return total


def _sense_of(character: str, before: str, after: str) -> int:
    if unicodedata.category(character) == "Cc":
        return -4
    inside = before.isalpha() and after.isalpha()
    if character.isalpha() and character not in _ORDINALS:
        if character.isupper() and before.islower():
            return -3
        return 2 if character.lower() in _LETTERS and (before + after).strip() else 0
    if inside:
        return 2 if character in _APOSTROPHES else -3
    if (character in _OPENING and after.isalpha()) or (character in _CLOSING and before.isalpha()):
        return 1
    return 1 if character in _ORDINALS and before.isdigit() else 0


class Mojibake(Struct, frozen=True):
    """What went wrong with the letters of a text when it was converted, before it came here.

    `charset` names what the text was in when it was taken for Latin-1; it is empty where nothing shows.
    """

    charset: str = ""

    def mend(self, text: str) -> str:
        """Give a text as it was meant, a letter for a letter, but for UTF-8 that was converted twice."""
        if text.isascii():
            return text
        if self.charset == "utf-8":
            text = re.sub(_TWICE_UTF8, lambda match: _decoded_once(match[0]), text)
        elif self.charset:
            text = text.translate(_meant(self.charset))
        return _WITHIN_WORD.sub(lambda match: _WITHIN_WORDS[match[0]], text)


def mojibake_of(text: str) -> Mojibake:
    """Find what went wrong with a text that is UTF-8 now.

    The controls U+0080 to U+009F are in no text that a person wrote: they are letters of a charset
    in which these codes are some. UTF-8 that was converted twice shows by its pairs.
    """
    if text.isascii():
        return Mojibake()
    if any(_decoded_once(match[0]) != match[0] for match in re.finditer(_TWICE_UTF8, text)):
        return Mojibake("utf-8")
    if not _CONTROLS.search(text):
        return Mojibake()
    codes = _BEYOND_LATIN1.sub("?", text).encode("latin-1")
    readable = [charset for charset in _CHARSETS if _can_be(codes, charset)]
    return Mojibake(max(readable, key=lambda charset: _sense(codes.decode(charset))))


_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")  # U+0085 is a line end in some texts
_BEYOND_LATIN1 = re.compile(r"[^\x00-\xff]")
_ATARI = {("cp850", 0x9E): "ß"}
"""The Atari ST's charset is DOS's, with a letter more."""
# The Macintosh's `’` and `œ` as mail programs made them over into Latin-1, and Latin-9's `œ`.
_WITHIN_WORDS = {"¹": "’", "¦": "œ", "½": "œ"}
_WITHIN_WORD = re.compile(r"(?<=[^\W\d_])[¹¦½](?=[^\W\d_])")
# What UTF-8's bytes become when they are read as Windows' charset: a lead, then continuations.
_CONTINUED = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "\x81\x8d\x8f\x90\x9d"
_TWICE_UTF8 = f"(?:[\xc2-\xf4][{re.escape(_CONTINUED)}\x80-\x9f]{{1,3}})+"


@cache
def _meant(charset: str) -> dict[int, str]:
    """The letters that bytes were; what was none, or seems a letter as it is, stays as it is."""
    letters = {}
    for code in range(0x80, 0x100):
        meant = _ATARI.get((charset, code)) or bytes((code,)).decode(charset, "ignore")
        if meant.lower() in _LETTERS and (meant == "ß" or not chr(code).isalpha()):
            letters[code] = meant
    return letters


def _decoded_once(pairs: str) -> str:
    """UTF-8 that was taken for Windows' charset, read as UTF-8; what is no such thing stays."""
    try:
        data = b"".join(
            character.encode("latin-1" if character <= "\xff" else "cp1252") for character in pairs
        )
        return data.decode("utf-8")
    except UnicodeError:
        return pairs
