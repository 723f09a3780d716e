"""The server: which requests of an editor are answered, and by what."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import (
    FeatureNotificationError,
    JsonRpcException,
    JsonRpcInvalidRequest,
)
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from tuneloom import __version__
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.errors import UsageError
from tuneloom.lsp.completion import TRIGGERS, completions
from tuneloom.lsp.diagnostics import marks_of
from tuneloom.lsp.document_text import DocumentText
from tuneloom.lsp.edits import FIX_ALL, code_actions, formatting, workspace_edit
from tuneloom.lsp.hover import hover
from tuneloom.lsp.open_book import OpenBook
from tuneloom.lsp.outline import folding_ranges, outline
from tuneloom.lsp.project_codes import codes_of_document
from tuneloom.lsp.relatives import (
    Sketches,
    number_range,
    original_of,
    relatives_of,
    renumbering,
)

__all__ = ["TuneServer", "make_server"]

_PAUSE = 0.02  # seconds without another change, after which a document is checked
_TURN = 0.03  # seconds of checking, after which requests have their turn


class _AnsweringProtocol(LanguageServerProtocol):
    """Answers a request that cannot be read with an error, where pygls 2.1 only shows a message.

    pygls shows that message as well, and goes on with the next request.
    """

    def structure_message(self, data: dict[str, Any]) -> Any:
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            self._refuse(data, error)
            raise

    def handle_message(self, message: Any) -> None:
        if hasattr(message, "jsonrpc"):
            super().handle_message(message)
            return
        error = JsonRpcInvalidRequest("the message has no `jsonrpc`")
        if isinstance(message, dict):
            self._refuse(message, error)
        raise error

    def _refuse(self, message: Mapping[str, Any], error: JsonRpcException) -> None:
        if "method" in message and isinstance(message.get("id"), int | str):
            self._send_response(message["id"], None, error.to_response_error())


class TuneServer(LanguageServer):
    """A server for the documents that a client has open.

    The texts are kept here: pygls would take a form feed for the end of a line, as ABC and the protocol do
    not, and a change of a document that is not open for an error.
    """

    def __init__(self) -> None:
        super().__init__("tuneloom", __version__, protocol_cls=_AnsweringProtocol)
        for kept_here in (
            lsp.TEXT_DOCUMENT_DID_OPEN, lsp.TEXT_DOCUMENT_DID_CHANGE, lsp.TEXT_DOCUMENT_DID_CLOSE
        ):  # fmt: skip
            self.protocol.fm.builtin_features.pop(kept_here)
        self._books: dict[str, OpenBook] = {}
        self._checks: dict[str, asyncio.Task[None]] = {}
        self._complaints: dict[str, str] = {}
        self._warm = False

    def find(self, uri: str) -> OpenBook | None:
        """The book of a document, if it is open."""
        return self._books.get(uri)

    def open(self, document: lsp.TextDocumentItem) -> None:
        encoding = lsp.PositionEncodingKind(self.workspace.position_encoding)
        lines = DocumentText(document.text, encoding)
        self._books[document.uri] = OpenBook(lines, document.version)
        self._check_later(document.uri, 0)

    def change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        open_book = self.find(params.text_document.uri)
        if open_book is None:
            return
        lines = open_book.lines
        for change in params.content_changes:
            if isinstance(change, lsp.TextDocumentContentChangePartial):
                lines = lines.edited(change.range, change.text)
            else:
                lines = lines.edited(None, change.text)
        open_book.change(lines, params.text_document.version)
        self._check_later(params.text_document.uri, _PAUSE)

    def close(self, uri: str) -> None:
        """Forget a document; its marks go as well."""
        if self._books.pop(uri, None) is None:
            return
        if check := self._checks.pop(uri, None):
            check.cancel()
        self._complaints.pop(uri, None)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))

    def check_all(self) -> None:
        """Check every document again, as after a change of settings."""
        for uri in self._books:
            self._check_later(uri, 0)

    def _check_later(self, uri: str, delay: float) -> None:
        if running := self._checks.get(uri):
            running.cancel()
        self._checks[uri] = asyncio.ensure_future(self._check(uri, delay))

    async def _check(self, uri: str, delay: float) -> None:
        """Check a document and send what was found, unless it changes meanwhile, which cancels this."""
        await asyncio.sleep(delay)
        try:
            await self._send_findings(uri, self._books[uri])
        except Exception as error:  # of a rule that a plugin registered, say
            self.report_server_error(error, FeatureNotificationError)

    async def _send_findings(self, uri: str, open_book: OpenBook) -> None:
        codes, complaint = codes_of_document(uri)
        self._complain(uri, complaint)
        findings: list[Diagnostic] = []
        begin = time.monotonic()
        for found in open_book.findings_by_tune(codes):
            findings += found
            if time.monotonic() - begin > _TURN:
                await asyncio.sleep(0)
                begin = time.monotonic()
        marks = marks_of(uri, open_book, sorted(findings, key=lambda each: each.line))
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri, marks, open_book.version)
        )
        if not self._warm:
            self._warm = True
            gc.freeze()  # what is loaded stays, so no collection between two keystrokes looks through it

    def _complain(self, uri: str, complaint: str) -> None:
        """Say once what is wrong with the settings."""
        if complaint and self._complaints.get(uri) != complaint:
            self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, complaint))
        self._complaints[uri] = complaint


def make_server() -> TuneServer:
    """A server that answers all requests; `start_io` runs it."""
    server = TuneServer()
    _keep_documents(server)
    _answer_writing(server)
    _answer_reading(server)
    _answer_relatives(server)
    return server


def _keep_documents(server: TuneServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def open_document(params: lsp.DidOpenTextDocumentParams) -> None:
        server.open(params.text_document)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def change_document(params: lsp.DidChangeTextDocumentParams) -> None:
        server.change(params)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def close_document(params: lsp.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def save_document(params: lsp.DidSaveTextDocumentParams) -> None:  # noqa: ARG001
        server.check_all()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(params: lsp.DidChangeWatchedFilesParams) -> None:  # noqa: ARG001
        server.check_all()


def _answer_writing(server: TuneServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def format_document(params: lsp.DocumentFormattingParams) -> Sequence[lsp.TextEdit] | None:
        open_book = server.find(params.text_document.uri)
        if open_book is None:
            return None
        return open_book.lines.line_edits(formatting(open_book, open_book.book.tunes))

    @server.feature(lsp.TEXT_DOCUMENT_RANGE_FORMATTING)
    def format_range(params: lsp.DocumentRangeFormattingParams) -> Sequence[lsp.TextEdit] | None:
        open_book = server.find(params.text_document.uri)
        if open_book is None:
            return None
        first = open_book.lines.place(params.range.start)[0]
        last = open_book.lines.place(params.range.end)[0]
        tunes = open_book.tunes_at(first, last)
        return open_book.lines.line_edits(formatting(open_book, tunes))

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix, FIX_ALL]),
    )
    def offer_actions(params: lsp.CodeActionParams) -> Sequence[lsp.CodeAction] | None:
        open_book = server.find(params.text_document.uri)
        return code_actions(open_book, params) if open_book else None

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(TRIGGERS))
    def complete(params: lsp.CompletionParams) -> lsp.CompletionList | None:
        open_book = server.find(params.text_document.uri)
        if open_book is None:
            return None
        return lsp.CompletionList(False, completions(open_book, params.position))


def _answer_reading(server: TuneServer) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def explain_place(params: lsp.HoverParams) -> lsp.Hover | None:
        uri = params.text_document.uri
        open_book = server.find(uri)
        return hover(open_book, params.position, codes_of_document(uri)[0]) if open_book else None

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def list_tunes(params: lsp.DocumentSymbolParams) -> Sequence[lsp.DocumentSymbol] | None:
        open_book = server.find(params.text_document.uri)
        return outline(open_book) if open_book else None

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    def fold_tunes(params: lsp.FoldingRangeParams) -> Sequence[lsp.FoldingRange] | None:
        open_book = server.find(params.text_document.uri)
        return folding_ranges(open_book) if open_book else None


def _answer_relatives(server: TuneServer) -> None:
    sketches = Sketches()

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def go_to_original(params: lsp.DefinitionParams) -> lsp.Location | None:
        uri = params.text_document.uri
        open_book = server.find(uri)
        with _refusals():
            return original_of(uri, open_book, params.position, sketches) if open_book else None

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def list_relatives(params: lsp.ReferenceParams) -> Sequence[lsp.Location] | None:
        uri = params.text_document.uri
        open_book = server.find(uri)
        if open_book is None:
            return None
        with_itself = params.context.include_declaration
        with _refusals():
            return relatives_of(uri, open_book, params.position, sketches, with_itself)

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare_renumbering(
        params: lsp.PrepareRenameParams,
    ) -> lsp.PrepareRenamePlaceholder | None:
        open_book = server.find(params.text_document.uri)
        place = number_range(open_book, params.position) if open_book else None
        return lsp.PrepareRenamePlaceholder(*place) if place else None

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def renumber_tune(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        uri = params.text_document.uri
        open_book = server.find(uri)
        if open_book is None:
            return None
        with _refusals():
            edits = renumbering(open_book, params.position, params.new_name)
            return workspace_edit(uri, open_book, edits)


@contextmanager
def _refusals() -> Iterator[None]:
    """Answer a request that cannot be carried out with the reason, which editors show."""
    try:
        yield
    except UsageError as error:
        raise JsonRpcException(str(error), lsp.LSPErrorCodes.RequestFailed) from error
