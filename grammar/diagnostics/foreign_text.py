"""What is in a tune and is no music: words, tags of web pages, fields that are out of place."""

from __future__ import annotations

import re

__all__ = [
    "END_LINE",
    "FIELDS_ON_ONE_LINE",
    "MARKUP",
    "field_after_key",
    "has_words",
    "prose_at",
    "reads_as_music",
]

MARKUP = re.compile(
    r"</[A-Za-z][\w:-]*\s*>|<(?:br|pre|font|span|tt|html|body|div|table|t[dr]|code|img|hr|center|script|p"
    r"|s|eos|bos|pad|unk|sep|end|eot|end_of_turn|eof|endoftext|end_of_text|mask|tune)"
    r"(?:\s[^<>|=]*=[^<>|]*)?\s*/?>|<a\s[^<>|=]*=[^<>|]*>|<\|[A-Za-z_]+\|>|\[/[A-Za-z]+\]"
    r"|\[(?:EOS|BOS|SEP|CLS|PAD|END)\]|<[!$]--(?:[^\n]*?-->)?|-->",  # a lone ! is $ in resolved text
    re.IGNORECASE,
)
"""Tags of web pages, and the marks that end a text in the corpora of language models."""

END_LINE = re.compile(
    r"[ \t#*/=-]*(?:EOF|eof|(?:(?:The|the|THE) )?(?:END|End|end))[.!]*[ \t#*/=-]*"
    r"|[ \t]*(?:-{2,}|={3,}|\*{3,}|_{3,}|#{3,}|\"{3}|'{3})[ \t]*"
)
"""A line that ends a text, and says no more."""

FIELDS_ON_ONE_LINE = re.compile(
    r"[XMLQ]:(?:C\||[^\n%|])*?[ \t](?=(?:[MLQ]:[ \t]*[0-9C\"]|K:[ \t]*[A-GHn]|[TCRP]:[ \t]*\S))"
)
"""A field that a second one follows on its line."""

# Fields of the header whose letters are notes or rests in the body.
_AFTER_KEY = re.compile(
    r"[A-GYZxyz]:(?![|:\[\]])|[ \t]+[A-GZ]:(?![|:\[\]])|[ \t]*[A-GZ][ \t]+:[ \t]*(?=[^\W\d_]{2})"
)
_NOT_NOTES = frozenset("IJKNQRUVWhijklmnopqrstw")
_WORD = re.compile(r"[^\W\d_]{3,}")
_BETWEEN_WORDS = re.compile(r"(?:[^\W\d_]|[ \t.,;'-])*")
_TO_NEXT_WORD = re.compile(r"(?:[^\W_]|[ \t.,;'-])*\Z")
_QUOTED = re.compile(r'"[^"\n]*"|![^!\s]+!|\[[A-Za-z]:[^\]|\n]*\]')
_NOTE_LETTER = re.compile(r"[A-Ga-gz]")
_MUSIC = re.compile(r"[A-Ga-gxzZHLMOPSTuv0-9^_=,'/<>(){}\[\]|:.~&!*\\\s-]+")


def reads_as_music(line: str) -> bool:
    """Whether a line, in a header say, consists of notes and what belongs to them."""
    music = _QUOTED.sub("", line)
    return _MUSIC.fullmatch(music) is not None and _NOTE_LETTER.search(music) is not None


def field_after_key(text: str, line_start: int, offset: int) -> bool:
    """Whether a line of the body that stops being music at an offset is a field of the header."""
    field = _AFTER_KEY.match(text, line_start)
    return field is not None and "|" not in text[field.end() : offset]


def prose_at(text: str, line_start: int, offset: int) -> tuple[int, int] | None:
    """The words among which a line stops being music, from the first of them to the next bar line."""
    line_end = text.find("\n", offset)
    # What is in quotes or a field is as long as before, and has no words.
    line = _QUOTED.sub(lambda match: '"' * len(match[0]), text[line_start:line_end])
    text = text[:line_start] + line + "\n"
    bar_line = text.find("|", offset, line_end)
    end = line_end if bar_line < 0 else bar_line
    begin = max(line_start, text.rfind("|", line_start, offset) + 1)
    words = [match.start() for match in _WORD.finditer(text, begin, end) if _is_word(match[0])]
    if not words or not _TO_NEXT_WORD.match(text, offset, max(words[0], offset)):
        return None
    if _BETWEEN_WORDS.fullmatch(text, line_start, offset):
        begin = line_start
    else:
        begin = min(words[0], offset)
        while begin > line_start and text[begin - 1].isalpha():
            begin -= 1
    found = text[begin:end]
    return end - len(found.lstrip()), begin + len(found.rstrip())


def has_words(text: str) -> bool:
    """Whether a text with blanks in it has two letters at least that no music has."""
    return len(_NOT_NOTES.intersection(text)) > 1


def _is_word(letters: str) -> bool:
    """Whether letters in a row are no notes with some ornament: two of them at least have no meaning."""
    if not (letters[1:].islower() or letters.isupper()):
        return False
    return len({letter for letter in letters if letter in _NOT_NOTES or not letter.isascii()}) > 1
