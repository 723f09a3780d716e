"""An editor without a window: pygls' client, and a `tuneloom lsp` that it runs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

__all__ = ["Editor", "start_editor"]

_PATIENCE = 120  # seconds, on a busy machine


class Editor(LanguageClient):
    """Opens and edits documents; `marks` has what the server said last of each, with its version."""

    def __init__(self) -> None:
        super().__init__("editor", "1")
        self.marks: dict[str, lsp.PublishDiagnosticsParams] = {}
        self.messages: list[str] = []
        self._news = asyncio.Event()

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def receive_marks(params: lsp.PublishDiagnosticsParams) -> None:
            self.marks[params.uri] = params
            self._news.set()

        @self.feature(lsp.WINDOW_SHOW_MESSAGE)  # type: ignore[untyped-decorator]
        def receive_message(params: lsp.ShowMessageParams) -> None:
            self.messages.append(params.message)

    def open(self, uri: str, text: str) -> None:
        document = lsp.TextDocumentItem(uri, "abc", 1, text)
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(document))

    def type(self, uri: str, version: int, span: lsp.Range | None, text: str) -> None:
        """Replace a range, or the whole text."""
        change: lsp.TextDocumentContentChangeEvent = (
            lsp.TextDocumentContentChangePartial(span, text)
            if span
            else lsp.TextDocumentContentChangeWholeDocument(text)
        )
        document = lsp.VersionedTextDocumentIdentifier(version, uri)
        self.text_document_did_change(lsp.DidChangeTextDocumentParams(document, [change]))

    async def marks_of(self, uri: str, version: int) -> Sequence[lsp.Diagnostic]:
        """The marks of a document at a version, once the server has sent them."""
        async with asyncio.timeout(_PATIENCE):
            while (last := self.marks.get(uri)) is None or last.version != version:
                self._news.clear()
                await self._news.wait()
        return last.diagnostics


@asynccontextmanager
async def start_editor(encodings: Sequence[str] = ("utf-16",)) -> AsyncIterator[Editor]:
    """An editor that has shaken hands with its server, and that ends both."""
    editor = Editor()
    await editor.start_io(sys.executable, "-m", "tuneloom", "lsp")
    general = lsp.GeneralClientCapabilities(
        position_encodings=[lsp.PositionEncodingKind(each) for each in encodings]
    )
    await editor.initialize_async(
        lsp.InitializeParams(lsp.ClientCapabilities(general=general), process_id=None)
    )
    editor.initialized(lsp.InitializedParams())
    try:
        yield editor
    finally:
        await editor.shutdown_async(None)
        editor.exit(None)
        await editor.stop()  # type: ignore[no-untyped-call]
