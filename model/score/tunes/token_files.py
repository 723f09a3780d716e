"""Token files, as folk-rnn writes them: fields in brackets, then tokens separated by blanks.

    X:0
    [L:1/8]
    [M:6/8]
    [K:GMaj] |: G A B c 2 d | …

The blanks belong to the tokenizer, not to the tune (`c 2` is a note and its length), so they are removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.corpus.reading.tokens import split_token_header

__all__ = ["is_token_file", "read_token_file"]

_START = re.compile(r"\s*X:[^\n]*\n\[[LMK]:")
_NUMBER = re.compile(r"^X:.*\n?", re.MULTILINE)


def is_token_file(text: str) -> bool:
    """Whether the first tune of a file has fields in brackets instead of a header."""
    return _START.match(text) is not None


def read_token_file(text: str) -> Iterator[str]:
    """The tunes of a token file as training texts, whose fields have lines of their own, K: last."""
    _, *blocks = _NUMBER.split(text)
    return map(_training_text, blocks)


def _training_text(block: str) -> str:
    fields, music = split_token_header(block)
    fields.sort(key=lambda field: field.startswith("K:"))
    body = "".join(music.split())
    return "\n".join([*fields, body] if body else fields)
