"""Formatting, repairs and other answers to findings, applied as an editor applies them."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types as lsp

from tuneloom.cli.text.formatting import FormatOptions, format_book
from tuneloom.cli.text.settings import CheckSettings, select_codes
from tuneloom.grammar.source.book import read_book
from tuneloom.lsp.diagnostics import marks_of
from tuneloom.lsp.document_text import DocumentText
from tuneloom.lsp.edits import FIX_ALL, code_actions, formatting
from tuneloom.lsp.open_book import OpenBook

URI = "file:///book.abc"
CODES = (
    select_codes(CheckSettings(), "strict", (), ()).codes
    | select_codes(CheckSettings(), None, (), ()).codes
)
BOOK = (
    "\ufeffX: 1\r\nT:é😀\r\nM:4/4\r\nL:1/4\r\nK:D major\r\nABcd |A *B -B c|\r\n\r\nwords\r\n\r\n"
    "X: 1\r\nT:b\r\nK:G\r\nA2 d |"
)


def opened(text: str) -> OpenBook:
    return OpenBook(DocumentText(text))


def applied(text: str, edits: Sequence[object]) -> str:
    """The text after edits that do not overlap, made from the last one on."""
    known = [edit for edit in edits if isinstance(edit, lsp.TextEdit)]
    assert len(known) == len(edits)
    lines = DocumentText(text)
    for edit in sorted(known, key=lambda e: (e.range.start.line, e.range.start.character))[::-1]:
        lines = lines.edited(edit.range, edit.new_text)
    return lines.text


def offered(text: str, code: str = "", only: list[str] | None = None) -> dict[str, str]:
    """The actions for the findings of a code, each with the text that it makes."""
    open_book = opened(text)
    marks = [m for m in marks_of(URI, open_book, open_book.findings(CODES)) if m.code == code]
    span = marks[0].range if marks else lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
    context = lsp.CodeActionContext(marks, only=only)
    params = lsp.CodeActionParams(lsp.TextDocumentIdentifier(URI), span, context)
    found: dict[str, str] = {}
    for action in code_actions(open_book, params):
        assert action.edit is not None
        [change] = action.edit.document_changes or ()
        assert isinstance(change, lsp.TextDocumentEdit)
        found[action.title + " !" * bool(action.is_preferred)] = applied(text, change.edits)
    return found


def test_formatting_writes_what_the_command_writes() -> None:
    open_book = opened(BOOK)
    edits = open_book.lines.line_edits(formatting(open_book, open_book.book.tunes))
    data = BOOK.encode()
    expected = format_book(data, read_book(data), FormatOptions()).data
    assert applied(BOOK, edits).encode() == expected != data


@settings(max_examples=40)
@given(st.integers(0, len(BOOK)), st.sampled_from(["A", "\n", "\r\n", '"', "X:2\n", "|", "😀"]))
def test_formatting_an_edited_book_writes_what_the_command_writes(at: int, typed: str) -> None:
    text = BOOK[:at] + typed + BOOK[at:]
    open_book = opened(text)
    edits = open_book.lines.line_edits(formatting(open_book, open_book.book.tunes))
    data = text.encode()
    assert applied(text, edits).encode() == format_book(data, read_book(data), FormatOptions()).data


def test_a_tune_that_stays_the_same_is_formatted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    formatted: list[str] = []

    def format_tune(text: str, _header: str) -> str:
        formatted.append(text)
        return text

    monkeypatch.setattr("tuneloom.lsp.edits.format_tune", format_tune)
    text = "X:1\nT:a\nK:D\nA|\n\nX:2\nT:b\nK:D\nB|\n"
    open_book = opened(text)
    formatting(open_book, open_book.book.tunes)
    open_book.change(DocumentText(text.replace("T:b", "T:c")), 2)
    open_book.findings(CODES)
    formatting(open_book, open_book.book.tunes)
    assert [each.split("\n")[1] for each in formatted] == ["T:a", "T:b", "T:c"]


def test_only_the_selected_tunes_are_formatted() -> None:
    text = "X: 1\nT:a\nK:D\nA |\n\nX: 2\nT:b\nK:D\nB |\n"
    open_book = opened(text)
    edits = open_book.lines.line_edits(formatting(open_book, open_book.tunes_at(6, 7)))
    assert applied(text, edits) == "X: 1\nT:a\nK:D\nA |\n\nX:2\nT:b\nK:D\nB|\n"


def test_a_safe_repair_is_preferred() -> None:
    titles = offered("X:1\nT:a\nM:4/4\nL:1/4\nK:D\nABcd|A *Bcd|\n", "reserved-character")
    [fix, *_] = titles
    assert fix.startswith("Repair reserved-character: ")
    assert fix.endswith(" !")
    assert titles[fix].splitlines()[-1] == "ABcd|A Bcd|"


def test_a_repair_that_guesses_says_so() -> None:
    fixes = offered("X:1\nT:a\nK:ddor\nA|\n", "bad-key")
    [fix, *_] = fixes
    assert fix.endswith(" (a guess)")
    assert fixes[fix] == "X:1\nT:a\nK:Ddor\nA|\n"


def test_a_number_that_is_taken_becomes_the_next_one() -> None:
    text = "X:1\nT:a\nK:D\nA|\n\nX:7\nT:b\nK:D\nB|\n\nX:1\nT:c\nK:D\nc|\n"
    fixes = offered(text, "duplicate-reference")
    assert fixes["Give the tune the number 8"] == text.replace("X:1\nT:c", "X:8\nT:c")


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("X:1\nT:a\nM:4/4\nK:D\nABcd ABcd|ABcd|ABcd ABcd|]\n", "bar-length", "in this line"),
        ("X:1\nM:4/4\nK:D\nABcd ABcd|\n", "missing-title", "in this tune"),
        ("X:1\nT:a\nabc words\n", "text-in-header", "in this tune"),
    ],
)
def test_a_comment_ignores_a_code(text: str, code: str, where: str) -> None:
    codes_before = [each.code for each in opened(text).findings(CODES)]
    assert code in codes_before
    after = offered(text, code)[f"Ignore {code} {where}"]
    assert len(after.splitlines()) == len(text.splitlines()) + 1
    assert code not in [each.code for each in opened(after).findings(CODES)]


def test_fix_all_makes_the_safe_repairs_of_all_tunes() -> None:
    fixes = offered(BOOK, only=["source"])
    assert list(fixes) == ["Make all safe repairs"]
    assert fixes == offered(BOOK, only=[FIX_ALL]) == offered(BOOK, only=["source.fixAll"])
    [after] = fixes.values()
    assert "A B- B c|\r\n" in after
    assert offered(after, only=[FIX_ALL]) == {}


def test_other_kinds_of_actions_are_not_offered() -> None:
    assert offered(BOOK, "reserved-character", only=["refactor"]) == {}
    assert offered(BOOK, "reserved-character", only=["source.organizeImports"]) == {}
