"""Tunes written as tokens with blanks between them, as folk-rnn reads and writes them.

    X:0                                 <s> M:6/8 K:Cmaj |: G 2 E c 2 d … </s>
    [L:1/8]
    [M:6/8]
    [K:GMaj] |: G A B c 2 d | …

The blanks belong to the tokenizer, not to the tune (`c 2` is a note and its length), so they are removed.
Without an L:, lengths are in eighths, whatever the metre.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

__all__ = ["joined_tokens", "may_hold_tokens", "split_blocks", "split_token_header"]

_NOTE = r"[_=^]{0,2}[A-Ga-gxz][,']*"
_LENGTH = r"(?:(?:\d+(?:/\d*)?|/+\d*)[<>]*|[<>]+)"
_SIGN = r"(?:\(\d(?::\d?){0,2}|[()~.-]|[|:\[\]]+\d*(?:,\d)*|\"[^\"]*\"|\[[A-Za-z]:[^\]]+\])"
_IS_NOTE = re.compile(_NOTE)
_IS_LENGTH = re.compile(_LENGTH)
_IS_TOKEN = re.compile(rf"{_NOTE}|{_LENGTH}|{_SIGN}")

# A note with its length apart, or a header on one line, or on that of the music.
_HEADER_LINE = r"\[?[LMK]:[^\s\]]+\]?[ \t]+(?:\[?[LMK]:|\S*[|:])"
_LOOKS_LIKE_TOKENS = re.compile(
    rf"(?:^|\s){_NOTE}[ \t]+{_LENGTH}(?:\s|$)|^[ \t]*{_HEADER_LINE}".encode(), re.MULTILINE
)
_WHOLE_HEADER = r"(?:\[?[LM]:[^\s\]]+\]?[ \t]+){1,4}\[?K:"
_BLOCK_END = re.compile(rf"(?:\r\n|\r|\n)(?=[ \t]*(?:\r\n|\r|\n|{_WHOLE_HEADER})|X:)".encode())
_FIELD = re.compile(
    r"\s*(?:\[([A-Za-z]):([^\]\n]*)\]|([LMKQ]):(\S+)|([A-Z]):([^\r\n]*)(?:[\r\n]|$))"
)


def may_hold_tokens(data: bytes) -> bool:
    """Whether it is worth looking for tunes in tokens; false for nearly every other text."""
    return _LOOKS_LIKE_TOKENS.search(data) is not None


def split_blocks(data: bytes) -> Iterator[bytes]:
    """The text in pieces that hold one tune in tokens at most: cut at empty lines and before headers."""
    begin = 0
    for end in _BLOCK_END.finditer(data):
        yield data[begin : end.end()]
        begin = end.end()
    yield data[begin:]


def split_token_header(block: str) -> tuple[list[str], str]:
    """The fields that a text begins with, each as a line, and what follows them.

    They may be in brackets, or several on a line.
    """
    fields: list[str] = []
    at = 0
    while field := _FIELD.match(block, at):
        letter, value = (group for group in field.groups() if group is not None)
        fields.append(f"{letter}:{value.strip()}")
        at = field.end()
    return fields, block[at:]


def joined_tokens(block: str, among_tokens: bool = False) -> str | None:
    """The tune whose tokens a text holds, with a line for each field, K: last; None for any other text.

    Notes that all last an eighth may be tokens or not; they are if they stand `among_tokens`.
    """
    fields, music = split_token_header(block)
    tokens = music.split()
    if not tokens or not all(map(_IS_TOKEN.fullmatch, tokens)):
        return None
    key_beside_music = fields[-1:] and fields[-1].startswith("K:") and music[:1] in (" ", "\t")
    if not (among_tokens or key_beside_music or _has_length_apart(tokens)):
        return None
    if not any(field.startswith("L:") for field in fields):
        fields.append("L:1/8")  # which lengths are in, as no token says
    fields.sort(key=lambda field: field.startswith("K:"))
    return "\n".join([*fields, "".join(tokens)]) + "\n"


def _has_length_apart(tokens: list[str]) -> bool:
    return any(
        _IS_NOTE.fullmatch(note) and _IS_LENGTH.fullmatch(length)
        for note, length in pairwise(tokens)
    )
