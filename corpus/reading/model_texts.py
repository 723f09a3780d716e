"""Texts as language models are trained on and write them: marks, control codes, tokens.

- `<s>`, `</s>` and `<|endoftext|>` stand between texts.
- TunesFormer's control codes come before X: and say how many sections a tune has (S:), how many bars each
  (B:), and how alike they are (E:).
- NotaGen writes the bars of all voices on one line, after `[r:BAR/BARS-LEFT]`, without voices that rest.
- folk-rnn's tokens are separated by blanks, as in `M:6/8 K:Cmaj |: G 2 E c 2 d`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tuneloom.corpus.reading.passages import Passage
from tuneloom.corpus.reading.tokens import joined_tokens, may_hold_tokens, split_blocks
from tuneloom.grammar.source.charset import charset_of

__all__ = ["plain_passages"]

_MARK = re.compile(
    rb"</?s>|<(?:bos|eos|pad)>|\[(?:BOS|EOS|PAD)\]"
    rb"|<\|(?:startoftext|endoftext|begin_of_text|end_of_text|end|pad|im_start|im_end|eot_id)\|>"
)
_CODE = rb"[SBED]:[ \t]*[0-9][0-9.]*[ \t]*"
_CODE_LINES = re.compile(
    rb"^(?:%b)+(?:(?:\r\n|\r|\n)(?:%b)+)*(?:\r\n|\r|\n)?" % (_CODE, _CODE), re.MULTILINE
)
_BAR_OF_VOICES = re.compile(rb"^\[r:[ \t]*[0-9]+/[0-9]+\][^\r\n]*", re.MULTILINE)
_DECLARED_VOICE = re.compile(rb"^V:[ \t]*([^\s%]+)", re.MULTILINE)
_INLINE_VOICE = re.compile(rb"\[V:[ \t]*([^\s\]]+)")
_BAR_LINE = re.compile(rb"[|:\]]+[ \t]*\Z")
_TUNE_END = re.compile(rb"(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))+")
_NOT_LINE_END = re.compile(rb"[^\r\n]")
_BYTE_LINE_END = re.compile(rb"\r\n|\r|\n")


def plain_passages(text: Passage) -> Iterator[Passage]:
    """The texts between marks, without control codes and with tokens joined; mostly the one text itself.

    Repairs: `text-marks` for marks and control codes, `token-text` for tokens.
    """
    for passage in _between_marks(text):
        plain = _without_control_codes(passage)
        if may_hold_tokens(plain.data):
            yield from _with_joined_tokens(plain)
        else:
            yield from _with_resting_voices(plain)


def _between_marks(text: Passage) -> Iterator[Passage]:
    if not _MARK.search(text.data):
        yield text
        return
    begin, line = 0, text.line
    for end, after in [*(mark.span() for mark in _MARK.finditer(text.data)), (len(text.data), -1)]:
        data = text.data[begin:end]
        part = _part(text, data, begin, line)
        yield replace(part, repairs=(*text.repairs, "text-marks"))
        line += _count_lines(data) if text.in_lines else 0
        begin = after


def _without_control_codes(text: Passage) -> Passage:
    """The text with blanks for control codes, so that every place in it remains what it was."""

    def blanks(codes: re.Match[bytes]) -> bytes:
        before_tune = text.data.startswith(b"X:", codes.end())
        return _NOT_LINE_END.sub(b" ", codes[0]) if before_tune else codes[0]

    data = _CODE_LINES.sub(blanks, text.data)
    if data == text.data:
        return text
    repairs = tuple(dict.fromkeys((*text.repairs, "text-marks")))
    return replace(text, data=data, repairs=repairs)


def _with_resting_voices(text: Passage) -> Iterator[Passage]:
    """Each tune of NotaGen by itself, with a bar of rest at the end of a line for each voice left out."""
    if not _BAR_OF_VOICES.search(text.data):
        yield text
        return
    begin, line = 0, text.line
    for end in [*(found.end() for found in _TUNE_END.finditer(text.data)), len(text.data)]:
        block = text.data[begin:end]
        if block.strip():
            part = _part(text, _with_rests(block), begin, line)
            yield replace(part, repairs=tuple(dict.fromkeys((*text.repairs, "text-marks"))))
        line += _count_lines(block) if text.in_lines else 0
        begin = end


def _with_rests(tune: bytes) -> bytes:
    voices = dict.fromkeys(_DECLARED_VOICE.findall(tune))

    def filled(bar: re.Match[bytes]) -> bytes:
        present = set(_INLINE_VOICE.findall(bar[0]))
        bar_line = _BAR_LINE.search(bar[0])
        if not present or not bar_line:
            return bar[0]
        return bar[0] + b"".join(
            b"[V:%b]Z%b" % (voice, bar_line[0]) for voice in voices if voice not in present
        )

    return _BAR_OF_VOICES.sub(filled, tune)


def _with_joined_tokens(text: Passage) -> Iterator[Passage]:
    """Each tune in tokens by itself, and what is between two of them as it is."""
    charset = charset_of(text.data)
    blocks = [(block, block.decode(charset, "replace")) for block in split_blocks(text.data)]
    among_tokens = any(joined_tokens(decoded) for _, decoded in blocks)
    begin = offset = 0  # of what is as it is, and of the block
    begin_line = line = text.line
    for block, decoded in blocks:
        joined = joined_tokens(decoded, among_tokens)
        after_line = line + (_count_lines(block) if text.in_lines else 0)
        if joined is not None:
            yield _part(text, text.data[begin:offset], begin, begin_line)
            tune = _part(text, joined.encode(), offset, line + _leading_lines(text, block))
            yield replace(tune, in_lines=False, repairs=(*text.repairs, "token-text"))
            begin, begin_line = offset + len(block), after_line
        offset += len(block)
        line = after_line
    yield _part(text, text.data[begin:], begin, begin_line)


def _part(text: Passage, data: bytes, offset: int, line: int) -> Passage:
    return replace(text, data=data, offset=text.offset + offset, line=line)


def _leading_lines(text: Passage, block: bytes) -> int:
    """How many empty lines a block begins with."""
    blanks = block[: len(block) - len(block.lstrip())]
    return _count_lines(blanks) if text.in_lines else 0


def _count_lines(data: bytes) -> int:
    return len(_BYTE_LINE_END.findall(data))
