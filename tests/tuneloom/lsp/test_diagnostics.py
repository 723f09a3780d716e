"""Findings as marks of an editor."""

from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

from lsprotocol import types as lsp

from tuneloom.cli.text.settings import CheckSettings, select_codes
from tuneloom.lsp.diagnostics import marks_of
from tuneloom.lsp.document_text import DocumentText
from tuneloom.lsp.open_book import OpenBook

URI = "file:///book.abc"
CODES = select_codes(CheckSettings(), None, ["strict", "metrical", "sound", "parseable"], ()).codes


def marks(text: str) -> list[lsp.Diagnostic]:
    open_book = OpenBook(DocumentText(text))
    return marks_of(URI, open_book, open_book.findings(CODES))


def test_a_mark_covers_what_is_wrong_and_says_what_would_be_right() -> None:
    [mark] = marks('X:1\nT:a\nK:D\n"😀"A k|\n')
    assert mark.range == lsp.Range(lsp.Position(3, 6), lsp.Position(3, 7))
    assert mark.severity == lsp.DiagnosticSeverity.Error
    assert (mark.source, mark.code) == ("tuneloom", "unknown-letter")
    assert mark.message.splitlines() == [
        "the letter `k` has no meaning in music",
        'notes are A-G and a-g, rests z; quote a chord symbol, as in `"Am"`; give others a U: field',
    ]


def test_a_code_leads_to_its_page() -> None:
    [mark] = marks("X:1\nT:a\nK:D\nA k|\n")
    assert mark.code_description is not None
    page = Path(url2pathname(urlparse(mark.code_description.href).path))
    assert page.read_text(encoding="utf-8").startswith("# unknown-letter\n")


def test_what_is_outdated_or_superfluous_has_a_tag() -> None:
    assert [mark.tags for mark in marks("X:1\nT:a\nM:4/4\nQ:120\nK:D\nABcd ABcd|\n")] == [
        [lsp.DiagnosticTag.Deprecated]
    ]
    assert [mark.tags for mark in marks("X:1\nT:a\nK:D\nAB *c|\n")] == [
        [lsp.DiagnosticTag.Unnecessary]
    ]


def test_a_number_given_twice_leads_to_the_tune_that_has_it() -> None:
    tune = "X:1\nT:a\nM:1/4\nK:D\nA2|\n\n"
    found = marks(3 * tune)
    assert [mark.code for mark in found] == ["duplicate-reference"] * 2
    for mark in found:
        [related] = mark.related_information or ()
        assert related.location == lsp.Location(
            URI, lsp.Range(lsp.Position(0, 0), lsp.Position(0, 3))
        )
        assert mark.severity == lsp.DiagnosticSeverity.Warning
