"""The server as an editor has it: `tuneloom lsp` in a process of its own."""

import asyncio
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from tests.support.editor import Editor, start_editor
from tuneloom.lsp.document_text import DocumentText

URI = "file:///books/book.abc"
BOOK = """X:1
T:The Kesh 😀
R:jig
M:6/8
L:1/8
K:G
|:G3 GAB|A3 ABd|edd gdd|edB dBA|
"G"GAG GA1B|ABA ABd|edd gd|AGF G2 -A:|

X:1
T:Another
K:D
A3 B*c|
"""
DOCUMENT = lsp.TextDocumentIdentifier(URI)


def at(line: int, character: int) -> lsp.Range:
    return lsp.Range(lsp.Position(line, character), lsp.Position(line, character))


def apply(text: str, edits: list[lsp.TextEdit]) -> str:
    """The text after edits that do not overlap, made from the last one on."""
    lines = DocumentText(text)
    for edit in sorted(edits, key=lambda e: (e.range.start.line, e.range.start.character))[::-1]:
        lines = lines.edited(edit.range, edit.new_text)
    return lines.text


@pytest.mark.slow
def test_a_session_of_an_editor_with_the_largest_book(corpora: Path) -> None:
    path = corpora / "nottingham" / "ABC_cleaned" / "jigs.abc"
    text = path.read_text(encoding="latin-1")
    asyncio.run(session_with_the_largest_book(text))


async def session_with_the_largest_book(text: str) -> None:
    async with start_editor() as editor:
        editor.open(URI, text)
        before = await editor.marks_of(URI, 1)
        tunes = await editor.text_document_document_symbol_async(lsp.DocumentSymbolParams(DOCUMENT))
        assert tunes is not None
        assert len(tunes) == 340
        music = next(n for n, line in enumerate(text.splitlines()) if line.startswith("K:")) + 1
        editor.type(URI, 2, at(music, 0), "k")
        after = await editor.marks_of(URI, 2)
        assert {mark.code for mark in after if mark.range.start.line == music} == {"unknown-letter"}
        editor.type(URI, 3, lsp.Range(lsp.Position(music, 0), lsp.Position(music, 1)), "")
        assert await editor.marks_of(URI, 3) == before
        options = lsp.FormattingOptions(4, True)
        edits = await editor.text_document_formatting_async(
            lsp.DocumentFormattingParams(DOCUMENT, options)
        )
        assert edits
        editor.type(URI, 4, None, apply(text, list(edits)))
        again = await editor.text_document_formatting_async(
            lsp.DocumentFormattingParams(DOCUMENT, options)
        )
        assert not again


async def session(editor: Editor) -> None:
    """Open, look, fix, format, rename, close."""
    editor.open(URI, BOOK)
    marks = await editor.marks_of(URI, 1)
    assert [mark.code for mark in marks] == ["bar-length", "tie-pitch", "reserved-character"]
    assert all(mark.source == "tuneloom" and mark.code_description for mark in marks)

    [fix, *_] = await actions(editor, marks[2])
    assert fix.is_preferred
    assert fix.edit is not None
    assert fix.edit.document_changes is not None
    [change] = fix.edit.document_changes
    assert isinstance(change, lsp.TextDocumentEdit)
    assert change.text_document.version == 1
    [edit] = change.edits
    assert isinstance(edit, lsp.TextEdit)
    editor.type(URI, 2, edit.range, edit.new_text)
    marks = await editor.marks_of(URI, 2)
    assert [mark.code for mark in marks] == ["bar-length", "tie-pitch", "duplicate-reference"]
    [related] = marks[2].related_information or []
    assert related.location.range.start.line == 0

    hover = await editor.text_document_hover_async(lsp.HoverParams(DOCUMENT, lsp.Position(7, 1)))
    assert hover is not None
    assert isinstance(hover.contents, lsp.MarkupContent)
    assert "**chord** G major" in hover.contents.value
    assert "**bar 5**" in hover.contents.value

    edits = await editor.text_document_formatting_async(
        lsp.DocumentFormattingParams(DOCUMENT, lsp.FormattingOptions(4, True))
    )
    assert edits
    assert '"G"GAG GAB|' in apply(BOOK, list(edits))

    place = lsp.Position(9, 2)
    renamed = await editor.text_document_rename_async(lsp.RenameParams(DOCUMENT, place, "2"))
    assert renamed is not None
    with pytest.raises(JsonRpcException, match="is no number of a tune"):
        await editor.text_document_rename_async(lsp.RenameParams(DOCUMENT, place, "two"))

    editor.text_document_did_close(lsp.DidCloseTextDocumentParams(DOCUMENT))
    assert list(await editor.marks_of(URI, None)) == []  # type: ignore[arg-type]


async def actions(editor: Editor, mark: lsp.Diagnostic) -> list[lsp.CodeAction]:
    found = await editor.text_document_code_action_async(
        lsp.CodeActionParams(DOCUMENT, mark.range, lsp.CodeActionContext([mark]))
    )
    return [each for each in found or [] if isinstance(each, lsp.CodeAction)]


async def any_order(editor: Editor) -> None:
    """Requests for documents that are not open, positions that are not there, edits of what was closed."""
    editor.type(URI, 1, at(3, 3), "x")
    editor.text_document_did_close(lsp.DidCloseTextDocumentParams(DOCUMENT))
    assert not await editor.text_document_document_symbol_async(lsp.DocumentSymbolParams(DOCUMENT))
    editor.open(URI, "\ufeffX:1\r\u2028\x00\nK:\ud83d\f")
    editor.open(URI, BOOK)
    drawn = random.Random(3)
    text = DocumentText(BOOK)
    for version in range(2, 60):
        place = lsp.Position(drawn.randrange(20), drawn.randrange(30))
        span = lsp.Range(place, lsp.Position(drawn.randrange(20), drawn.randrange(30)))
        new = drawn.choice(("", "A", "\n\nX:9\n", "😀", "\r", "\ud83d"))
        text = text.edited(span, new)
        editor.type(URI, version, span, new)
        await ask_everything(editor, place)
    await editor.marks_of(URI, version)
    editor.type(URI, 99, None, BOOK)
    assert len(await editor.marks_of(URI, 99)) == 3
    assert editor.messages == []


async def ask_everything(editor: Editor, place: lsp.Position) -> None:
    await asyncio.gather(
        editor.text_document_hover_async(lsp.HoverParams(DOCUMENT, place)),
        editor.text_document_completion_async(lsp.CompletionParams(DOCUMENT, place)),
        editor.text_document_folding_range_async(lsp.FoldingRangeParams(DOCUMENT)),
        editor.text_document_prepare_rename_async(lsp.PrepareRenameParams(DOCUMENT, place)),
        editor.text_document_document_symbol_async(lsp.DocumentSymbolParams(DOCUMENT)),
        editor.text_document_range_formatting_async(
            lsp.DocumentRangeFormattingParams(
                DOCUMENT, lsp.Range(place, place), lsp.FormattingOptions(4, True)
            )
        ),
    )


def test_an_editor_is_served_from_the_first_mark_to_the_last() -> None:
    asyncio.run(with_editor(session))


def test_the_server_survives_any_order_of_requests() -> None:
    asyncio.run(with_editor(any_order))


async def with_editor(use: object) -> None:
    assert callable(use)
    async with start_editor() as editor:
        await use(editor)


def test_the_client_chooses_the_units_of_positions() -> None:
    async def places(encoding: str) -> int:
        async with start_editor([encoding]) as editor:
            editor.open(URI, 'X:1\nT:a\nK:D\n"😀"A k|\n')
            [mark] = await editor.marks_of(URI, 1)
            return mark.range.start.character

    assert [asyncio.run(places(each)) for each in ("utf-8", "utf-16", "utf-32")] == [8, 6, 5]


def test_a_request_that_cannot_be_read_is_answered_with_an_error() -> None:
    without_position = {"textDocument": {"uri": URI}}
    requests = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}},
        {"jsonrpc": "2.0", "id": 2, "method": "textDocument/hover", "params": without_position},
        {"id": 3, "method": "textDocument/hover", "params": without_position},
        {"jsonrpc": "2.0", "id": 4, "method": "shutdown", "params": None},
        {"jsonrpc": "2.0", "method": "exit", "params": None},
    ]
    bodies = (json.dumps(request).encode() for request in requests)
    frames = b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for body in bodies)
    command = [sys.executable, "-m", "tuneloom", "lsp"]
    done = subprocess.run(command, input=frames, capture_output=True, timeout=120, check=False)
    answers = [json.loads(each) for each in re.findall(rb"(?m)^\{.*?\}(?=Content|\Z)", done.stdout)]
    codes = {each["id"]: each.get("error", {}).get("code") for each in answers if "id" in each}
    assert codes == {1: None, 2: -32602, 3: -32600, 4: None}
