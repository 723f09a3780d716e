"""The outline of a book, and what can be folded."""

from lsprotocol.types import Position, Range

from tuneloom.lsp.document_text import DocumentText
from tuneloom.lsp.open_book import OpenBook
from tuneloom.lsp.outline import folding_ranges, outline

BOOK = """X:1
T:The Kesh
R:jig
M:6/8 % as written
P:AABB
K:G
P:A
|:G3 GAB:|
[P:B]|:B3 def:|

K:D
ABc
"""


def opened() -> OpenBook:
    return OpenBook(DocumentText(BOOK))


def test_the_outline_has_each_tune_with_its_parts() -> None:
    kesh, nameless = outline(opened())
    assert (kesh.name, kesh.detail) == ("X:1 The Kesh", "jig 6/8 G")
    assert kesh.range == Range(Position(0, 0), Position(8, 15))
    assert kesh.selection_range == Range(Position(0, 0), Position(0, 3))
    assert [
        (part.name, part.range.start.line, part.range.end.line) for part in kesh.children or ()
    ] == [
        ("part A", 6, 7),
        ("part B", 8, 8),
    ]
    assert (nameless.name, nameless.detail) == ("tune without a number or title", "D")
    assert nameless.children == []


def test_each_tune_can_be_folded_under_its_name() -> None:
    found = [
        (each.start_line, each.end_line, each.collapsed_text) for each in folding_ranges(opened())
    ]
    assert found == [(0, 8, "X:1 The Kesh"), (10, 11, "tune without a number or title")]
