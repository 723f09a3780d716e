"""Edits of a source are made where its resolved text is to change."""

from tuneloom.grammar.source.resolver import resolve_tune
from tuneloom.grammar.source.source_edits import FIRST_LINE, SourceEdits

TEXT = "X:1\nm:~A=B\nK:D\nAB % AB\nc ~A\n"


def edits(file_header: str = "") -> SourceEdits:
    return SourceEdits(TEXT.split("\n"), resolve_tune(TEXT, FIRST_LINE, file_header))


def test_edits_are_made_in_any_order_and_everything_else_stays() -> None:
    made = edits("L:1/8\n")
    text = made.resolved.text
    assert made.replace(text.index("c"), "c", "cc")
    assert made.replace(text.index("AB") + 1, "B", "^B")
    assert made.replace(text.index("AB"), "A", "=A")
    assert "\n".join(made.edited_lines()) == "X:1\nm:~A=B\nK:D\n=A^B % AB\ncc ~A\n"


def test_what_a_macro_or_the_file_header_writes_is_not_replaced() -> None:
    made = edits("L:1/8\n")
    text = made.resolved.text
    assert not made.replace(text.rindex("B"), "B", "C")
    assert not made.replace(text.index("L:"), "L:1/8", "L:1/4")
    assert made.edited_lines() == TEXT.split("\n")
