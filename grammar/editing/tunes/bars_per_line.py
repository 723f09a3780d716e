"""Moves the line breaks in the source of a tune, so that each line has so many bars.

Breaks are moved within a stretch of lines of music that nothing comes between: fields and comments stay where
they are in the music. A section begins on a line of its own, and a pickup counts with the bar after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tuneloom.grammar.canonical.elements import spell_bar_line
from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.parsing.tokens import bar_line
from tuneloom.grammar.source.segments import is_music_line, key_line, split_music, without_comment
from tuneloom.grammar.source.source_edits import FIRST_LINE
from tuneloom.grammar.tune.elements import Bar, MultiRest, is_timed

__all__ = ["lay_out_bars"]

_WORDS = ("w:", "s:", "+:")
_BAR_SIGNS = tuple("|:[].")


def lay_out_bars(parsed: ParsedTune, text: str, bars: int, file_header: str = "") -> str:
    """The text with `bars` bars on each line of music, but for the last of a section or a stretch.

    `parsed` is the text, parsed from line `FIRST_LINE` with the file header.

    Raises:
        CannotEdit: words (w:) or symbols (s:) belong to lines that would change, or the music would.
    """
    lines = text.split("\n")
    cuts = _cuts_by_line(parsed, lines)
    result: list[str] = []
    done = 0
    for first, end in _stretches(lines):
        new = _laid_out([_MusicLine.of(lines[i], cuts.get(i, [])) for i in range(first, end)], bars)
        if new != lines[first:end] and lines[end : end + 1] and lines[end].startswith(_WORDS):
            raise CannotEdit(f"{lines[end][:2]} belongs to lines of music that would change")
        result += [*lines[done:first], *new]
        done = end
    laid_out = "\n".join([*result, *lines[done:]])
    after = parse(laid_out, FIRST_LINE, file_header)
    if not after.parseable or not musically_equal(parsed.tune, after.tune):
        raise CannotEdit("other line breaks would change its music")
    return laid_out


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


@dataclass(frozen=True, slots=True)
class _LineCut:
    """Where a line may be broken, after so many bars; `opening` is then written before what follows."""

    column: int
    bars: int
    ends_section: bool
    opening: str = ""


@dataclass(frozen=True, slots=True)
class _MusicLine:
    """A line of music; `mark` is the sign at its end that it is continued, or that it is broken."""

    music: str
    mark: str
    comment: str
    cuts: Sequence[_LineCut]

    @classmethod
    def of(cls, line: str, cuts: Sequence[_LineCut]) -> _MusicLine:
        before = without_comment(line)
        music, comment = before.rstrip(), line[len(before.rstrip()) :]
        mark = ""
        if music.endswith("\\") or split_music(music, empty_decorations=True)[-1].endswith("!"):
            music, mark = music[:-1], music[-1]
        # Blanks before a continuation part the beams of its two lines.
        return cls(
            music if mark == "\\" else music.rstrip(), mark, comment.rstrip() and comment, cuts
        )


def _cuts_by_line(parsed: ParsedTune, lines: Sequence[str]) -> dict[int, list[_LineCut]]:
    """The places after or before bar lines, by the index of the line."""
    counts = _bars_before_lines(parsed)
    cuts: dict[int, list[_LineCut]] = {}
    for token in parsed.tree.tokens():
        if token.type != "BAR_LINE":
            continue
        line, column = parsed.resolved.place(token.start)
        index, start = line - FIRST_LINE, column - 1
        if index >= 0 and lines[index].startswith(token, start):
            cuts.setdefault(index, []).append(_cut_at(token, start, counts.get(token.start, 0)))
    return cuts


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


def _laid_out(stretch: Sequence[_MusicLine], bars: int) -> list[str]:
    """The lines of a stretch anew. Signs that broke each line break each of the new ones."""
    flow = _LineFlow(bars, joint=_joint_of(stretch))
    for line in stretch:
        flow.add_line(line)
    flow.end_line()
    breaks = "!" if all(line.mark == "!" for line in stretch) else ""
    *others, last = flow.lines
    mark = "\\" if stretch[-1].mark == "\\" else breaks
    return [*(line + breaks for line in others), last + mark + stretch[-1].comment]


def _joint_of(stretch: Sequence[_MusicLine]) -> str:
    """A blank if there is one after most bar lines within lines."""
    inner = [line.music[cut.column] for line in stretch for cut in line.cuts[:-1]]
    return " " if 2 * inner.count(" ") > len(inner) else ""


@dataclass(slots=True)
class _LineFlow:
    """Writes bars on lines; `joint` comes between what was on two lines and is joined."""

    bars: int
    joint: str
    lines: list[str] = field(default_factory=list)
    _open: str = ""
    _count: int = 0
    _is_continued: bool = False

    def add_line(self, line: _MusicLine) -> None:
        done = 0
        is_new = True
        for cut in line.cuts:
            self._add(line.music[done : cut.column], is_new)
            is_new = is_new and not cut.column
            done = cut.column
            self._count += cut.bars
            if self._count and (self._count >= self.bars or cut.ends_section):
                self.end_line()
                self._open = cut.opening
        self._add(line.music[done:], is_new)
        self._is_continued = line.mark == "\\"

    def end_line(self) -> None:
        if self._open.strip():
            self.lines.append(self._open.strip())
        self._open = ""
        self._count = 0

    def _add(self, piece: str, is_new: bool) -> None:
        if is_new and self._open and piece:
            signs = self._open.rstrip().endswith(_BAR_SIGNS), piece.lstrip().startswith(_BAR_SIGNS)
            if signs == (True, False) or not self._is_continued:
                self._open = self._open.rstrip() + (self.joint if signs == (True, False) else " ")
                piece = piece.lstrip()
            elif signs == (True, True):
                self._open += " "
        self._open += piece
