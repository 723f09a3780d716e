"""What may be changed in a document: formatting, repairs, and other answers to findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from lsprotocol import types as lsp

from tuneloom.cli.text.formatting import FreeNumbers, changed_lines
from tuneloom.grammar.canonical.formatter import format_tune
from tuneloom.grammar.repairs import REPAIRS, Repaired, repair
from tuneloom.grammar.source.book import BookTune
from tuneloom.grammar.source.segments import key_line
from tuneloom.lsp.document_text import LineEdit
from tuneloom.lsp.open_book import OpenBook, last_line

__all__ = ["FIX_ALL", "code_actions", "formatting", "workspace_edit"]

FIX_ALL = f"{lsp.CodeActionKind.SourceFixAll.value}.tuneloom"


def formatting(open_book: OpenBook, tunes: Iterable[BookTune]) -> list[LineEdit]:
    """Canonical spelling for some tunes; one that is not parseable stays as it is."""
    return [
        edit
        for tune in tunes
        for edit in _line_edits(open_book, tune, open_book.derived(format_tune, tune))
    ]


def _safe_repairs(open_book: OpenBook) -> list[LineEdit]:
    """All safe repairs of all tunes."""
    numbers = FreeNumbers(open_book.book)
    edits: list[LineEdit] = []
    for tune in open_book.book.tunes:
        if open_book.derived(_codes_to_repair, tune):
            repaired = _repaired(open_book, tune)
            edits += _line_edits(open_book, tune, numbers.renumbered(repaired.text, repaired.codes))
    return edits


def _codes_to_repair(text: str, header: str) -> str:
    return " ".join(repair(text, file_header=header).codes)


def code_actions(open_book: OpenBook, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """The actions for the findings at a place, or those for the whole file if a client asks for them."""
    only = params.context.only
    uri = params.text_document.uri
    if only is not None and any(_is_of_kind(FIX_ALL, kind) for kind in only):
        edits = open_book.lines.line_edits(_safe_repairs(open_book))
        edit = workspace_edit(uri, open_book, edits)
        return [lsp.CodeAction("Make all safe repairs", FIX_ALL, edit=edit)] if edits else []
    if only is not None and lsp.CodeActionKind.QuickFix not in only:
        return []
    fixes = _QuickFixes(uri, open_book)
    marks = [mark for mark in params.context.diagnostics if mark.source == "tuneloom"]
    return list(fixes.of_marks(marks))


def _is_of_kind(kind: str, asked: str) -> bool:
    """Whether a kind is the one that is asked for, or one of its kinds."""
    return kind == asked or kind.startswith(f"{asked}.")


def workspace_edit(
    uri: str, open_book: OpenBook, edits: Sequence[lsp.TextEdit]
) -> lsp.WorkspaceEdit:
    """Edits of a document as it is now; a client refuses them if it has another by then."""
    document = lsp.OptionalVersionedTextDocumentIdentifier(uri, open_book.version)
    return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(document, list(edits))])


class _QuickFixes:
    """The actions for findings of one document."""

    def __init__(self, uri: str, open_book: OpenBook) -> None:
        self._uri = uri
        self._open_book = open_book

    def of_marks(self, marks: Sequence[lsp.Diagnostic]) -> Iterator[lsp.CodeAction]:
        tunes: dict[int, BookTune] = {}
        for mark in marks:
            line = self._open_book.lines.place(mark.range.start)[0]
            tune = self._open_book.tune_at(line)
            if tune is None:
                continue
            tunes[tune.line] = tune
            yield from self._repairs(mark, tune)
            if mark.code == "duplicate-reference":
                yield self._next_number(mark, tune)
        for tune in tunes.values():
            yield from self._repairs_of_tune(tune)
        for mark in marks:
            yield from self._ignoring(mark)

    def _repairs(self, mark: lsp.Diagnostic, tune: BookTune) -> Iterator[lsp.CodeAction]:
        """The repair of a finding; the safe one if there is one, else one that guesses."""
        for unsafe in (False, True):
            code = str(mark.code)
            repaired = _repaired(self._open_book, tune, unsafe, [code])
            if repaired.codes:
                summary = next(
                    each.summary
                    for each in REPAIRS.values()
                    if each.code == code and (each.safe or unsafe)
                )
                title = f"Repair {code}: {summary}" + (" (a guess)" if unsafe else "")
                after = FreeNumbers(self._open_book.book).renumbered(repaired.text, repaired.codes)
                yield self._action(title, tune, after, [mark], preferred=not unsafe)
                return

    def _repairs_of_tune(self, tune: BookTune) -> Iterator[lsp.CodeAction]:
        repaired = _repaired(self._open_book, tune)
        if repaired.codes:
            after = FreeNumbers(self._open_book.book).renumbered(repaired.text, repaired.codes)
            title = f"Make all safe repairs of this tune: {', '.join(repaired.codes)}"
            yield self._action(title, tune, after)

    def _next_number(self, mark: lsp.Diagnostic, tune: BookTune) -> lsp.CodeAction:
        number = FreeNumbers(self._open_book.book).next()
        _, line_end, rest = tune.text.partition("\n")
        return self._action(
            f"Give the tune the number {number}", tune, f"X:{number}{line_end}{rest}", [mark]
        )

    def _ignoring(self, mark: lsp.Diagnostic) -> Iterator[lsp.CodeAction]:
        """A comment before the line or, for a finding in the header, before K:, for the whole tune."""
        lines = self._open_book.lines
        line = lines.place(mark.range.start)[0]
        tune = self._open_book.tune_at(line)
        if tune is None:
            return
        key = tune.line + key_line(tune.text.split("\n"))
        where = line if line > key else min(key, last_line(tune))
        comment = f"% tuneloom: ignore {mark.code}"
        edit = LineEdit(where - 1, f"{comment}{lines.line_end(where - 1)}{lines.line(where - 1)}")
        of = "in this tune" if line <= key else "in this line"
        yield lsp.CodeAction(
            f"Ignore {mark.code} {of}",
            lsp.CodeActionKind.QuickFix,
            [mark],
            edit=workspace_edit(self._uri, self._open_book, lines.line_edits([edit])),
        )

    def _action(
        self,
        title: str,
        tune: BookTune,
        after: str,
        marks: list[lsp.Diagnostic] | None = None,
        preferred: bool | None = None,
    ) -> lsp.CodeAction:
        edits = self._open_book.lines.line_edits(list(_line_edits(self._open_book, tune, after)))
        return lsp.CodeAction(
            title,
            lsp.CodeActionKind.QuickFix,
            marks,
            preferred or None,
            edit=workspace_edit(self._uri, self._open_book, edits),
        )


def _repaired(
    open_book: OpenBook, tune: BookTune, unsafe: bool = False, codes: Collection[str] | None = None
) -> Repaired:
    """A tune after its safe repairs, or all with `unsafe`, or those of some codes alone."""
    return repair(tune.text, tune.line, open_book.book.header, unsafe, codes)


def _line_edits(open_book: OpenBook, tune: BookTune, after: str) -> Iterator[LineEdit]:
    """The edits that make another text of a tune."""
    if after == tune.text:
        return
    lines = open_book.lines
    for index, text in changed_lines(tune, after, lines.line_end(tune.line - 1)):
        yield LineEdit(index, text)
