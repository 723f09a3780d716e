"""A score as a small SVG, a third of what Verovio writes, and where in it the notes are.

What only scripts would need is left out, groups are dissolved, and lines in a row become one path.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

__all__ = ["CompactScore", "NotePlace", "compact_score"]

_LINE = re.compile(r"M(-?\d+) (-?\d+) L(-?\d+) (-?\d+)")
_PLACED = re.compile(r"translate\((-?\d+), (-?\d+)\) scale\(([\d.]+), [\d.]+\)")
_MARGIN = re.compile(r"translate\((-?\d+), (-?\d+)\)")
_FONTS = {
    "tempo": ' font-weight="bold"', "ending": ' font-weight="bold"', "reh": ' font-weight="bold"',
    "dir": ' font-style="italic"', "dynam": ' font-style="italic"', "mNum": ' font-style="italic"',
}  # fmt: skip
# Note values of metronome marks are in Verovio's font, which the picture would have to carry.
_NOTE_VALUES = str.maketrans(
    {0xE1D2: "𝅝", 0xE1D3: "𝅗𝅥", 0xE1D5: "♩", 0xE1D7: "♪", 0xE1D9: "𝅘𝅥𝅯", 0xE1E7: ".", 0xECA2: "𝅝",
     0xECA3: "𝅗𝅥", 0xECA5: "♩", 0xECA7: "♪", 0xECA9: "𝅘𝅥𝅯", 0xECB7: "."}
)  # fmt: skip
_NOTE_VALUE_SIZE = "500px"  # that of the text beside them is 405
_NOTES = ".//*[@class='note']"
_DROPPED = frozenset({"id", "class"})
_SPACE = 200  # above and below the lines of a system, in units of the picture


@dataclass(frozen=True, slots=True)
class NotePlace:
    """A note in the picture: its left edge, and the top and height of its system, as shares of it."""

    left: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class CompactScore:
    """The picture, in black on white, its proportion of height to width, and the notes by Verovio's ids.

    Grace notes are not among the notes.
    """

    svg: str
    proportion: float
    notes: dict[str, NotePlace]


def compact_score(svg: str) -> CompactScore:
    """Make Verovio's picture small; it is written with `svgRemoveXlink` and without its text font."""
    root = ET.fromstring(svg)
    inner = next(each for each in root if each.get("class") == "definition-scale")
    _, _, width, height = map(int, inner.attrib["viewBox"].split())
    writer = _PictureWriter(
        {each.attrib["id"]: each[0].attrib["d"] for each in root.iter() if _is_glyph(each)}
    )
    [page] = inner
    left, top = map(int, _margin_of(page))
    writer.write_all(page)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-left} {-top} {width} {height}" '
        f'font-family="Times,serif"><rect x="{-left}" y="{-top}" width="100%" height="100%" fill="#fff"/>'
        f'<defs>{"".join(writer.glyphs.values())}</defs><g stroke="#000">{writer.text()}</g></svg>'
    )
    notes = dict(_note_places(page, left, top, width, height))
    return CompactScore(picture, height / width, notes)


def _is_glyph(element: ET.Element) -> bool:
    return (
        len(element) == 1
        and _tag(element) == "g"
        and "d" in element[0].attrib
        and "id" in element.attrib
    )


def _margin_of(page: ET.Element) -> tuple[str, str]:
    found = _MARGIN.match(page.get("transform", ""))
    return (found[1], found[2]) if found else ("0", "0")


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


@dataclass(slots=True)
class _PictureWriter:
    """Writes elements one after the other; `shapes` are the outlines of glyphs by their ids."""

    shapes: dict[str, str]
    glyphs: dict[tuple[str, str], str] = field(default_factory=dict)
    _lines: dict[str, dict[tuple[int, int, int], str]] = field(default_factory=dict)
    _parts: list[str] = field(default_factory=list)

    def text(self) -> str:
        """All that was written, straight lines first, one path for each width."""
        paths = ((width, "".join(lines.values())) for width, lines in self._lines.items())
        lines = "".join(f'<path stroke-width="{width}" d="{path}"/>' for width, path in paths)
        return lines + "".join(self._parts)

    def write_all(self, parent: ET.Element, font: str = "") -> None:
        for element in parent:
            kinds = element.get("class", "").split()
            if "placeholder" not in kinds:
                self._write(element, next((_FONTS[kind] for kind in kinds if kind in _FONTS), font))

    def _write(self, element: ET.Element, font: str) -> None:
        match _tag(element):
            case "g" if "transform" in element.attrib:
                moved = _PictureWriter(self.shapes, self.glyphs)
                moved.write_all(element, font)
                self._parts.append(f"<g{_attributes(element.attrib)}>{moved.text()}</g>")
            case "g":
                self.write_all(element, font)
            case "use":
                self._write_glyph(element)
            case "text":
                self._parts.append(_written_text(element, font))
            case "path" if element.attrib.keys() == {"d", "stroke-width"}:
                self._write_path(element)
            case "desc" | "title":
                pass
            case tag:
                self._parts.append(f"<{tag}{_attributes(element.attrib)}/>")

    def _write_path(self, element: ET.Element) -> None:
        """Collect a straight line, or make one that is there already longer."""
        line = _LINE.fullmatch(element.attrib["d"])
        if line is None:
            self._parts.append(f"<path{_attributes(element.attrib)}/>")
            return
        x, y, to_x, to_y = map(int, line.groups())
        lines = self._lines.setdefault(element.attrib["stroke-width"], {})
        if y == to_y:
            start = lines.pop((x, y, y), f"M{x} {y}").partition("H")[0]
            lines[to_x, y, y] = f"{start}H{to_x}"
        else:
            lines[x, y, to_y] = f"M{x} {y}" + (f"V{to_y}" if x == to_x else f"L{to_x} {to_y}")

    def _write_glyph(self, element: ET.Element) -> None:
        placed = _PLACED.fullmatch(element.get("transform", ""))
        scale = placed[3] if placed else "1"
        key = element.attrib["href"].removeprefix("#"), scale
        if key not in self.glyphs:
            shape = f'transform="scale({scale} -{scale})" d="{self.shapes[key[0]]}"'
            self.glyphs[key] = f'<path id="g{len(self.glyphs)}" {shape}/>'
        name = list(self.glyphs).index(key)
        where = (
            f'x="{placed[1]}" y="{placed[2]}"'
            if placed
            else f"transform={quoteattr(element.get('transform', ''))}"
        )
        self._parts.append(f'<use href="#g{name}" {where}/>')


def _attributes(attributes: Mapping[str, str]) -> str:
    kept = ((name, value) for name, value in attributes.items() if name not in _DROPPED)
    return "".join(f" {name}={quoteattr(value)}" for name, value in kept)


def _written_text(element: ET.Element, font: str) -> str:
    """A text without the spans that only name their content."""
    leaves = list(_leaves(element, {}))
    own = {name: value for name, value in element.attrib.items() if name != "font-size"}
    shown = "".join(
        f"<tspan{_attributes(attributes)}>{escape(text)}</tspan>" for attributes, text in leaves
    )
    return f'<text stroke="none"{font}{_attributes(own)}>{shown}</text>'


def _leaves(
    element: ET.Element, outer: Mapping[str, str]
) -> Iterator[tuple[Mapping[str, str], str]]:
    for span in element:
        attributes = {**outer, **span.attrib}
        if text := span.text:
            if attributes.get("font-family") == "Leipzig":
                text = "".join(text.translate(_NOTE_VALUES).split())
                attributes = {"font-size": _NOTE_VALUE_SIZE}
            yield attributes, text
        yield from _leaves(span, attributes)


def _note_places(
    page: ET.Element, left: int, top: int, width: int, height: int
) -> Iterator[tuple[str, NotePlace]]:
    """The places of notes but grace notes, whose heads are smaller."""
    heads = dict(_heads(page))
    usual = max((scale for _, scale in heads.values()), default=0.0)
    for system in page.iterfind("./*[@class='system']"):
        lines = [int(line[2]) for line in _staff_lines(system)]
        if not lines:
            continue
        above, below = min(lines) - _SPACE, max(lines) + _SPACE
        at, size = (above + top) / height, (below - above) / height
        for note in system.iterfind(_NOTES):
            x, scale = heads.get(note.attrib["id"], (0, 0.0))
            if scale == usual:
                yield note.attrib["id"], NotePlace((x + left) / width, at, size)


def _heads(page: ET.Element) -> Iterator[tuple[str, tuple[int, float]]]:
    """The left edge of each note's head, and its scale."""
    for note in page.iterfind(_NOTES):
        uses = (each.get("transform", "") for each in note.iter() if _tag(each) == "use")
        if placed := _PLACED.fullmatch(next(uses, "")):
            yield note.attrib["id"], (int(placed[1]), float(placed[3]))


def _staff_lines(system: ET.Element) -> Iterator[re.Match[str]]:
    for staff in system.iterfind(".//*[@class='staff']"):
        for line in staff:
            if found := _LINE.fullmatch(line.get("d", "")):
                yield found
