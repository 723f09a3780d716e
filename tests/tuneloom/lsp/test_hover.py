"""What is said of the place that a mouse points at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import MarkupContent, Position

from tuneloom.cli.text.settings import CheckSettings, select_codes
from tuneloom.lsp.document_text import DocumentText
from tuneloom.lsp.hover import hover
from tuneloom.lsp.open_book import OpenBook

CODES = select_codes(CheckSettings(), None, (), ()).codes
TUNE = """X:1
T:The Kesh
M:6/8
L:1/8
K:Ddor
% tuneloom: ignore tie-pitch
GA|:"Gm7/D"G3 !trill!GAB|~A3 ABd|[K:Em]edd gdd|edB dBA|
"^slow"GAG GA1B|ABA ABd|"N.C."edd gd|AGF G2 A-:|
M:C|
ABcd ABcd|
"""


def said(text: str, line: int, of: str) -> str:
    """What is said of the first character of some text in a line, from 1."""
    column = text.split("\n")[line - 1].index(of)
    found = hover(OpenBook(DocumentText(text)), Position(line - 1, column), CODES)
    if found is None:
        return ""
    assert isinstance(found.contents, MarkupContent)
    return found.contents.value


@pytest.mark.parametrize(
    ("line", "of", "what"),
    [
        (1, "X", "**X:** number of the tune"),
        (3, "6/8", "a bar lasts 3/4 of a whole note, beats of three"),
        (5, "Ddor", "D dorian: no sharps or flats"),
        (7, "Em", "E minor: F♯"),
        (7, '"Gm7', "**chord** G m7, with D in the bass"),
        (7, "!trill", "**trill**: a trill"),
        (7, "~", "**roll**"),
        (8, '"^slow', "**annotation** above"),
        (8, '"N.C.', "**no chord**"),
        (9, "M:C|", "a bar lasts a whole note"),
        (7, "GA|", "**pickup**: lasts 1/4 of M:6/8, 3/4"),
        (7, "3 !", "**bar 1**: lasts 3/4 of M:6/8, 3/4"),
        (8, "edd gd|", "**bar 7**: lasts 5/8 of M:6/8, 3/4"),
        (8, "edd gd|", "# bar-length"),
        (6, "tie-pitch", "# tie-pitch"),
    ],
)
def test_a_place_is_explained(line: int, of: str, what: str) -> None:
    assert what in said(TUNE, line, of)


def test_of_words_and_comments_nothing_is_said() -> None:
    text = "words\n\nX:1\nT:a\nK:D\nABc% G\n\nmore"
    for line, of in ((1, "words"), (6, "% G"), (8, "more")):
        assert said(text, line, of) == ""


@given(st.integers(0, 12), st.integers(0, 60), st.text('KM:|[]"!%9/~C', max_size=6))
def test_every_place_of_any_tune_can_be_asked_for(line: int, character: int, typed: str) -> None:
    lines = DocumentText(TUNE).edited(None, TUNE.replace("gdd", typed).replace("6/8", typed))
    hover(OpenBook(lines), Position(line, character), CODES)
