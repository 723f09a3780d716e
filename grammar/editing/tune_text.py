"""The bytes of a tune whose text was edited: lines that stay keep theirs."""

from __future__ import annotations

from collections import defaultdict, deque

from tuneloom.grammar.editing.book_sections import TuneSection
from tuneloom.grammar.editing.byte_lines import byte_lines

__all__ = ["edited_data"]


def edited_data(section: TuneSection, text: str, charset: str, line_end: bytes) -> bytes:
    """The `data` of a section whose text is to be `text`, with LF line ends.

    A line of the old text keeps its bytes wherever it is in the new one: the text has comments in place of
    typeset blocks and empty lines, which the file has. Line ends are those of the old lines, then
    `line_end`.

    Raises:
        UnicodeEncodeError: the charset lacks a character of a new line.
    """
    lines = byte_lines(section.data, charset)
    old: defaultdict[str, deque[bytes]] = defaultdict(deque)
    for line, as_read in zip(lines, section.tune.text.split("\n"), strict=False):
        old[as_read].append(section.data[line.start : line.text_end])
    ends = [section.data[line.text_end : line.end] for line in lines[:-1]]
    written = []
    for number, line_text in enumerate(text.removesuffix("\n").split("\n")):
        if number:
            written.append(ends[number - 1] if number <= len(ends) else line_end)
        kept = old.get(line_text)
        written.append(kept.popleft() if kept else line_text.encode(charset))
    return b"".join(written)
