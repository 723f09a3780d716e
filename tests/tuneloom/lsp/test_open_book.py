"""Findings while a book is edited are those of a fresh check, and only what changed is read again."""

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol.types import Position, Range

from tuneloom.cli.app import main
from tuneloom.cli.text.settings import CheckSettings, select_codes
from tuneloom.grammar.checking import check
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.lsp import open_book as module
from tuneloom.lsp.document_text import DocumentText
from tuneloom.lsp.open_book import OpenBook

CODES = select_codes(CheckSettings(), None, (), ()).codes
BOOK = """%%abc-charset utf-8
M:6/8

X:1
T:The Kesh
R:jig
L:1/8
K:G
|:G3 GAB|A3 ABd|edd gdd|edB dBA|
GAG GA1B|ABA ABd|edd gd|AGF G2 -A:|

Some words between the tunes 😀.

X:2
T:Another
K:D % tuneloom: ignore bar-length

ABc dcd|(ABc dcd|

X:2
K:Am
A3 k|

X:2
T:Another
K:D
abc def|"x
"""
PIECES = [
    "X:1", "X:2\n", "\n", "\n\n", "T:new\n", "K:D\n", "M:3/4\n", "|", ":|", "A2", "(ABc)", "k", '"', "!", "%",
    "😀", "é", "\r", "\r\n", "\f", "\u2028", "\ud83d", "\x00", "\ufeff", "%%begintext\n", "%%endtext\n", "-",
    "% tuneloom: ignore bar-length", "``` \n", "words and words", "P:A\n", "w: la la\n", "V:1\n", "+:x\n",
]  # fmt: skip


def fresh(text: str) -> list[Diagnostic]:
    return OpenBook(DocumentText(text)).findings(CODES)


def as_checked(text: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> list[object] | None:
    """What `tuneloom check` prints of a file with this text; None if it refuses the file."""
    path = folder / "book.abc"
    path.write_bytes(
        text.encode("utf-8", "surrogatepass").replace(b"\xed\xa0\xbd", b"\xef\xbf\xbd")
    )
    capsys.readouterr()
    if main(["check", str(path), "--output-format", "json"]) == 2:
        return None
    found = json.loads(capsys.readouterr().out)
    keys = ("line", "column", "end_line", "end_column", "code", "message", "help", "repairable")
    return [[each[key] for key in keys] for each in found]


def as_listed(findings: list[Diagnostic]) -> list[object]:
    return [
        [
            each.line, each.column, each.span.end_line, each.span.end_column,
            each.code, each.message, each.help, each.repairable,
        ]
        for each in findings
    ]  # fmt: skip


def random_edit(random: Random, lines: DocumentText) -> DocumentText:
    """Type a piece somewhere, or delete some characters."""
    line = random.randrange(len(lines) + 1)
    start = Position(line, random.randrange(12))
    end = Position(
        line + random.choice((0, 0, 0, 1)), start.character + random.choice((0, 0, 1, 4))
    )
    return lines.edited(Range(start, end), random.choice(PIECES))


def test_the_findings_of_a_book_are_those_of_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = as_listed(fresh(BOOK))
    assert len(found) > 5
    assert found == as_checked(BOOK, tmp_path, capsys)


@pytest.mark.parametrize("seed", range(4))
def test_after_random_edits_they_still_are(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    random = Random(seed)
    lines = DocumentText(BOOK)
    edited = OpenBook(lines)
    compared = 0
    for version in range(40):
        lines = random_edit(random, lines)
        edited.change(lines, version)
        found = as_listed(edited.findings(CODES))
        checked = as_checked(lines.text, tmp_path, capsys)
        if checked is not None:
            assert sorted(map(str, found)) == sorted(map(str, checked))
            compared += 1
    assert compared > 30 or "\x00" in lines.text


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 40), st.integers(0, 20), st.integers(0, 3), st.sampled_from(PIECES)
        ),
        max_size=8,
    )
)
def test_what_is_kept_between_edits_changes_nothing(
    edits: list[tuple[int, int, int, str]],
) -> None:
    edited = OpenBook(DocumentText(BOOK))
    edited.findings(CODES)
    for version, (line, character, length, piece) in enumerate(edits):
        span = Range(Position(line, character), Position(line, character + length))
        edited.change(edited.lines.edited(span, piece), version)
        assert edited.findings(CODES) == fresh(edited.lines.text)


@given(st.text(max_size=200))
def test_any_text_can_be_open(text: str) -> None:
    assert OpenBook(DocumentText(text)).findings(CODES) is not None


def counted_checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    checked: list[str] = []

    def check_tune(text: str, *arguments: object, **options: object) -> tuple[Diagnostic, ...]:
        checked.append(text)
        return check.check_tune(text, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "check_tune", check_tune)
    return checked


def test_only_the_touched_tune_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    edited = OpenBook(DocumentText(BOOK))
    edited.findings(CODES)
    checked = counted_checks(monkeypatch)
    at = BOOK[: BOOK.index("GAG GA1B")].count("\n")
    edited.change(edited.lines.edited(Range(Position(at, 0), Position(at, 1)), "A"), 1)
    found = edited.findings(CODES)
    [touched] = checked
    assert "AAG GA1B" in touched
    assert found == fresh(edited.lines.text)


def test_an_empty_line_before_all_moves_the_findings_without_reading_a_tune(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = BOOK.replace("X:2\nK:Am", "X:3\nK:Am").replace(
        "X:2\nT:Another\nK:D\nabc", "X:4\nK:D\nabc"
    )
    text = text.partition("\n\n")[2]
    edited = OpenBook(DocumentText(text))
    before = edited.findings(CODES)
    checked = counted_checks(monkeypatch)
    edited.change(DocumentText("words\n\n" + text), 1)
    assert [each.line - 2 for each in edited.findings(CODES)] == [each.line for each in before]
    assert checked == []


def test_a_changed_number_is_seen_by_the_tunes_that_have_it() -> None:
    text = "X:1\nT:a\nK:D\nA|\n\nX:2\nT:b\nK:D\nB|\n"
    edited = OpenBook(DocumentText(text))
    assert edited.findings(CODES) == []
    edited.change(DocumentText(text.replace("X:1", "X:2")), 1)
    assert [each.message for each in edited.findings(CODES)] == [
        "the tune at line 1 has the number 2 too"
    ]
    edited.change(DocumentText("\n" + text.replace("X:1", "X:2")), 2)
    assert [each.message for each in edited.findings(CODES)] == [
        "the tune at line 2 has the number 2 too"
    ]


def test_whoever_stops_in_the_middle_keeps_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    edited = OpenBook(DocumentText(BOOK))
    begun = edited.findings_by_tune(CODES)
    for _ in range(3):  # those of no tune, and of two tunes
        next(begun)
    del begun
    checked = counted_checks(monkeypatch)
    edited.findings(CODES)
    assert len(checked) == len(edited.book.tunes) - 2
