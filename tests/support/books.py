"""Random books: tunes, comments, directives, free text and typeset text in any order."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["book_texts", "books"]

_PIECES = (
    "X:{n}\nT:The {n}th\nR:reel\nM:4/4\nL:1/8\nK:D\nABcd efga|d8|]\n",
    "X:{n}\nT:A Jig\nR:jig\nM:6/8\nK:G\n|:GAB cBA:|\nW:some words\n",
    "X:3\nT:Müller\nK:Am\nA2 kc|\n",
    "X:\nT:\nK:\n",
    "T:Nameless\nK:D\nA|\n",
    "X:{n}\nT:Late\nK:C\n\nCDEF|GABc|\n",
    "<b>X:{n}\nT:Tagged\nK:C\nC|\n",
    "CDEF|GABc|\n",
    "M:6/8\n",
    "% a comment\n",
    "% one\n% two\n",
    "%%newpage\n",
    "%%begintext\nX:9\n\n some words\n%%endtext\n",
    "%abc-2.1\n",
    "Free text, with words.\n",
    "L:1/4\nR:reel\n%%scale 0.7\n",
    "```abc\n",
    "\x1a",
    "\n",
    "\n",
    "\n\n",
    " \t\n",
)


@st.composite
def book_texts(draw: st.DrawFn) -> str:
    """The text of a book, with any of three line ends."""
    pieces = draw(st.lists(st.sampled_from(_PIECES), max_size=16))
    text = "".join(piece.replace("{n}", str(number)) for number, piece in enumerate(pieces, 1))
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


@st.composite
def books(draw: st.DrawFn) -> bytes:
    """The bytes of a book in one of the charsets that books are found in, with or without a mark."""
    charset = draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]))
    return draw(book_texts()).encode(charset)
