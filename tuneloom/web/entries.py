"""A tune as the page has it: its text, what names it, what is wrong with it, and its notes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tuneloom.corpus.playback.play import play
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.checking.levels import levels_of
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Level
from tuneloom.grammar.editing.tune_facts import key_name
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.source.text_strings import decode_text
from tuneloom.grammar.tune.elements import is_timed
from tuneloom.web.shown_text import FIRST_LINE, ShownText
from tuneloom.web.sound import PackedSound, pack_notes

__all__ = ["NearestTune", "PageEntry", "PageFinding", "SharedBars", "page_entry"]

_FIELD = re.compile(r"^[ \t]*([XTRMK]):([^\n%]*)", re.MULTILINE)
_INCIPIT_BARS = 3  # a pickup among them
_CONTROLS = {code: 0x2400 + code for code in range(32)} | {
    0x7F: 0x2421
}  # Unicode's pictures of them


@dataclass(frozen=True, slots=True)
class PageFinding:
    """A diagnostic and its place in the text of the page, from `start` to `end`, in UTF-16."""

    found: Diagnostic
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SharedBars:
    """Bars that another tune has too, counted from 1, and where they are in the text, in UTF-16."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NearestTune:
    """The training tune that a tune is most like (`model.score`), and the bars that both have.

    `notes` are those of the longest passage that the tune shares with any training tune, and `is_copy` says
    whether it is one of them; `shared` are bars of the tune, and `shared_there` of this one.
    """

    abc: str
    title: str
    id: str
    similarity: float
    notes: int
    is_copy: bool
    shared: tuple[SharedBars, ...]
    shared_there: tuple[SharedBars, ...]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A tune of a page; `levels` are those that it reaches, none if it does not parse.

    `incipit` is where its first bars end in `abc`, in UTF-16, or 0 if that is not known. `sound` is None for
    a tune that does not parse.
    """

    abc: str
    reference: str
    title: str
    rhythm: str
    key: str
    meter: str
    levels: tuple[Level, ...]
    findings: tuple[PageFinding, ...]
    incipit: int
    sound: PackedSound | None
    nearest: NearestTune | None = None


def page_entry(
    text: str, file_header: str = "", references: Mapping[str, int] | None = None
) -> PageEntry:
    """Read and check a tune; `references` are the X: numbers of the tunes before it in its file."""
    shown = ShownText.of(text, file_header)
    parsed = parse(text, 1, file_header)
    found = check_tune(text, FIRST_LINE, file_header, references=references)
    named = _named_fields(shown.text)
    return PageEntry(
        abc=shown.text,
        reference=named.get("X", ""),
        title=named.get("T", ""),
        rhythm=named.get("R", ""),
        key=key_name(parsed.tune.key) if parsed.parseable else named.get("K", ""),
        meter=parsed.tune.meter if parsed.parseable else named.get("M", ""),
        levels=levels_of(found),
        findings=tuple(_placed(diagnostic, shown) for diagnostic in found),
        incipit=_incipit_end(parsed, shown) if parsed.parseable else 0,
        sound=_sound_of(parsed, shown) if parsed.parseable else None,
    )


def _named_fields(text: str) -> dict[str, str]:
    """The first X:, T: and so on of a header, safe to show; a tune that does not parse has them too."""
    values: dict[str, str] = {}
    for field in _FIELD.finditer(text):
        values.setdefault(field[1], decode_text(field[2].translate(_CONTROLS)).strip())
        if field[1] == "K":
            break
    return values


def _placed(found: Diagnostic, shown: ShownText) -> PageFinding:
    span = found.span
    start = shown.unit_at(span.line, span.column)
    return PageFinding(found, start, max(start, shown.unit_at(span.end_line, span.end_column)))


def _incipit_end(parsed: ParsedTune, shown: ShownText) -> int:
    bars = 0
    for bar in parsed.tune.bars:
        bars += any(map(is_timed, bar.elements))
        if bars == _INCIPIT_BARS and bar.line is not None:
            line, column = parsed.resolved.place(bar.starts[-1])
            return shown.unit_at(FIRST_LINE - 1 + line, column)
    return 0


def _sound_of(parsed: ParsedTune, shown: ShownText) -> PackedSound:
    tune = parsed.tune
    playback = play(tune, resolved=parsed.resolved)
    names = [voice.id or str(number) for number, voice in enumerate(tune.voices, 1)]
    return pack_notes(playback, shown.unit_of_offset, names)
