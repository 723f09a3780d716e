"""Moves the line breaks in the source of a tune, so that each line has so many bars.

Breaks are moved within a stretch of lines of music that nothing comes between but their words (w:): other
fields and comments stay where they are in the music. A section begins on a line of its own, and a pickup
counts with the bar after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from tuneloom.grammar.canonical.elements import spell_bar_line
from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.editing.tunes.words_of_lines import divide_words, join_words, says_as_much
from tuneloom.grammar.parsing.nodes import Token, Tree
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.parsing.tokens import bar_line
from tuneloom.grammar.source.segments import is_music_line, key_line, split_music, without_comment
from tuneloom.grammar.source.source_edits import FIRST_LINE
from tuneloom.grammar.tune.elements import Bar, MultiRest, is_timed

__all__ = ["lay_out_bars"]

_WORDS = ("w:", "s:", "+:")
_BAR_SIGNS = tuple("|:[].")
# A bar line, and not a chord or a field in brackets.
_BEGINS_WITH_BAR_LINE = re.compile(r"\s*(?:[|:\].]|\[[|:\]0-9])")


def lay_out_bars(parsed: ParsedTune, text: str, bars: int, file_header: str = "") -> str:
    """The text with `bars` bars on each line of music, but for the last of a section or a stretch.

    `parsed` is the text, parsed from line `FIRST_LINE` with the file header.

    Raises:
        CannotEdit: words (w:) or symbols (s:) belong to lines that would change, or the music would.
    """
    lines = text.split("\n")
    places = _PlacesInLines.of(parsed, lines)
    result: list[str] = []
    done = 0
    for stretch in _with_words(lines):
        new = _lines_anew(stretch, lines, places, bars)
        result += [*lines[done : stretch.first], *new]
        done = stretch.end
    laid_out = "\n".join([*result, *lines[done:]])
    after = parse(laid_out, FIRST_LINE, file_header)
    if not after.parseable or not says_as_much(parsed.tune, after.tune):
        raise CannotEdit("other line breaks would change its music")
    return laid_out


class _Stretch(Struct, frozen=True):
    """Lines of music, given by their indices, and after some of them as many lines of words."""

    music: tuple[range, ...]
    words: int

    @property
    def first(self) -> int:
        return self.music[0].start

    @property
    def end(self) -> int:
        return self.music[-1].stop + self.words


def _with_words(lines: Sequence[str]) -> Iterator[_Stretch]:
    """The stretches, those joined that only words separate, and as many of them each time."""
    last: _Stretch | None = None
    for first, end in _stretches(lines):
        words = 0
        while end + words < len(lines) and lines[end + words].startswith(_WORDS):
            words += 1
        joins = last and words and last.end == first and last.words == words
        before = lines[last.music[-1].stop - 1] if last else ""
        ends_line = without_comment(before) != before
        if last and joins and not ends_line and not lines[first].lstrip().startswith("[V:"):
            last = _Stretch((*last.music, range(first, end)), words)
            continue
        if last:
            yield last
        last = _Stretch((range(first, end),), words)
    if last:
        yield last


def _lines_anew(
    stretch: _Stretch, lines: Sequence[str], places: _PlacesInLines, bars: int
) -> list[str]:
    """The lines of a stretch, laid out; as they are if no break moves."""
    runs = [[_MusicLine.of(lines[i], i, places) for i in run] for run in stretch.music]
    music, notes = _laid_out([line for run in runs for line in run], bars)
    old = list(lines[stretch.first : stretch.end])
    if not music or music == [lines[i] for run in stretch.music for i in run]:
        return old
    if not stretch.words:
        return music
    own_notes = [sum(len(line.notes) for line in run) for run in runs]
    rows: list[list[str]] = []
    for row in range(stretch.words):
        written = [lines[run.stop + row] for run in stretch.music]
        if not all(line.startswith("w:") for line in written):
            raise CannotEdit(f"{written[0][:2]} belongs to lines of music that would change")
        rows.append(list(divide_words(join_words(written, own_notes), notes)))
    return [line for together in zip(music, *rows, strict=True) for line in together]


def _stretches(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The lines of music that only follow each other: the first, and the one after the last.

    A comment ends its line, and a voice that is named within the music begins one.
    """
    first: int | None = None
    for index in range(key_line(lines) + 1, len(lines)):
        line = lines[index]
        is_music = is_music_line(line)
        if first is not None and (not is_music or line.lstrip().startswith("[V:")):
            yield first, index
            first = None
        if is_music:
            first = index if first is None else first
            if without_comment(line) != line:
                yield first, index + 1
                first = None
    if first is not None:
        yield first, len(lines)


class _LineCut(Struct, frozen=True):
    """Where a line may be broken, after so many bars; `opening` is then written before what follows."""

    column: int
    bars: int
    ends_section: bool
    opening: str = ""


class _MusicLine(Struct, frozen=True):
    """A line of music; `mark` is the sign at its end that it is continued, or that it is broken."""

    music: str
    mark: str
    comment: str
    cuts: Sequence[_LineCut]
    notes: Sequence[int]

    @classmethod
    def of(cls, line: str, index: int, places: _PlacesInLines) -> _MusicLine:
        before = without_comment(line)
        music, comment = before.rstrip(), line[len(before.rstrip()) :]
        mark = ""
        if split_music(music, empty_decorations=True)[0].startswith("!"):
            music = " " + music[1:]  # a break of the line before, which moves like its end
        if music.endswith("\\") or split_music(music, empty_decorations=True)[-1].endswith("!"):
            music, mark = music[:-1], music[-1]
        # Blanks before a continuation part the beams of its two lines.
        music = music if mark == "\\" else music.rstrip()
        cuts, notes = places.cuts.get(index, []), places.notes.get(index, [])
        return cls(music, mark, comment.rstrip() and comment, cuts, notes)


class _PlacesInLines(Struct, frozen=True):
    """By the index of a line: where it may be broken, and the columns of the notes that words are under."""

    cuts: dict[int, list[_LineCut]]
    notes: dict[int, list[int]]

    @classmethod
    def of(cls, parsed: ParsedTune, lines: Sequence[str]) -> _PlacesInLines:
        counts = _bars_before_lines(parsed)
        found = cls({}, {})
        for token in _bars_and_notes(parsed.tree):
            line, column = parsed.resolved.place(token.start)
            index, start = line - FIRST_LINE, column - 1
            if index < 0:
                continue
            if token.type != "BAR_LINE":
                found.notes.setdefault(index, []).append(start)
            elif lines[index].startswith(token, start):
                cut = _cut_at(token, start, counts.get(token.start, 0))
                found.cuts.setdefault(index, []).append(cut)
        return found


def _bars_and_notes(tree: Tree) -> Iterator[Token]:
    """The bar lines, notes and chords, of which each begins with its bracket; no grace notes."""
    for child in tree.children:
        if isinstance(child, Tree):
            if child.data == "chord":
                yield next(child.tokens())
            elif child.data != "grace":
                yield from _bars_and_notes(child)
        elif child.type in ("BAR_LINE", "NOTE"):
            yield child


def _cut_at(token: Token, start: int, bars: int) -> _LineCut:
    """Where the line may be broken at a bar line: before one that begins a repeat or has a bracket."""
    line = bar_line(str(token))
    if line.volta:
        plain = line.text.removesuffix("[")
        return _LineCut(start + len(plain), bars, False, "" if line.text.endswith("[") else "[")
    if (line.starts_repeat and not line.ends_repeat) or line.text.startswith("[|"):
        return _LineCut(start, bars, True)
    ends_section = bars > 0 and spell_bar_line(line) not in ("|", "[")
    return _LineCut(start + len(token), bars, ends_section)


def _bars_before_lines(parsed: ParsedTune) -> dict[int, int]:
    """How many bars end at each bar line, by its offset; none with a pickup or without music."""
    short = {
        timed.bar.starts
        for voice in parsed.bars.voices
        for timed in voice
        if timed.opens_section and timed.duration < timed.length
    }
    counts: dict[int, int] = {}
    for voice in parsed.tune.voices:
        in_volta = False
        for bar in voice.bars:
            if bar.line:
                is_pickup = bar.starts in short and not in_volta
                counts[bar.starts[-1]] = 0 if is_pickup else _count_of(bar)
                in_volta = bool(bar.line.volta)
    return counts


def _count_of(bar: Bar) -> int:
    rests = sum(element.bars for element in bar.elements if isinstance(element, MultiRest))
    return rests or int(any(map(is_timed, bar.elements)))


def _laid_out(stretch: Sequence[_MusicLine], bars: int) -> tuple[list[str], list[int]]:
    """The lines of a stretch anew, and their notes; none if it has no music, but a comment or a `!`.

    Signs that broke each line break each of the new ones.
    """
    flow = _LineFlow(bars, joint=_joint_of(stretch))
    for line in stretch:
        flow.add_line(line)
    flow.end_line()
    if not flow.lines:
        return [], []
    breaks = "!" if all(line.mark == "!" for line in stretch) else ""
    *others, last = flow.lines
    mark = "\\" if stretch[-1].mark == "\\" else breaks
    return [*(line + breaks for line in others), last + mark + stretch[-1].comment], flow.notes


def _joint_of(stretch: Sequence[_MusicLine]) -> str:
    """A blank if there is one after most bar lines within lines."""
    inner = [line.music[cut.column] for line in stretch for cut in line.cuts[:-1]]
    return " " if 2 * inner.count(" ") > len(inner) else ""


class _LineFlow(Struct):
    """Writes bars on lines; `joint` comes between what was on two lines and is joined."""

    bars: int
    joint: str
    lines: list[str] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    _open: str = ""
    _open_notes: int = 0
    _count: int = 0
    _is_continued: bool = False

    def add_line(self, line: _MusicLine) -> None:
        done = 0
        is_new = True
        for cut in line.cuts:
            self._add(line.music[done : cut.column], is_new)
            self._open_notes += sum(done <= column < cut.column for column in line.notes)
            is_new = is_new and not cut.column
            done = cut.column
            self._count += cut.bars
            if self._count and (self._count >= self.bars or cut.ends_section):
                self.end_line()
                self._open = cut.opening
        self._add(line.music[done:], is_new)
        self._open_notes += sum(done <= column for column in line.notes)
        self._is_continued = line.mark == "\\"

    def end_line(self) -> None:
        if self._open.strip():
            self.lines.append(self._open.strip())
            self.notes.append(self._open_notes)
            self._open_notes = 0
        self._open = ""
        self._count = 0

    def _add(self, piece: str, is_new: bool) -> None:
        if is_new and self._open and piece:
            signs = (
                self._open.rstrip().endswith(_BAR_SIGNS),
                bool(_BEGINS_WITH_BAR_LINE.match(piece)),
            )
            if signs == (True, False) or not self._is_continued:
                self._open = self._open.rstrip() + (self.joint if signs == (True, False) else " ")
                piece = piece.lstrip()
            elif signs == (True, True):
                self._open += " "
        self._open += piece
