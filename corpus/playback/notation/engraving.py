"""MusicXML engraved as SVG by Verovio, and drawn as PNG by resvg.

Verovio runs in a process of its own: if a score makes it abort, only that score is lost.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from html import escape
from importlib.resources import as_file, files
from multiprocessing import get_context
from types import TracebackType
from zlib import crc32

from tuneloom.corpus.playback.written_files import MARK, UnwritableTune
from tuneloom.grammar.processes import leave_interrupts_to_the_parent

__all__ = ["DrawnScore", "Engraver", "png_bytes"]

_OPTIONS = {
    "adjustPageHeight": True,
    "breaks": "auto",
    "footer": "none",
    "header": "none",
    "pageHeight": 60_000,
    "pageWidth": 2100,
    "scale": 40,
    "svgViewBox": True,
    "xmlIdSeed": 1,  # the same score gives the same bytes
}
_BARE: Mapping[str, str | bool] = {
    "expandNever": True,  # times in the order of writing
    "smuflTextFont": "none",
    "svgFormatRaw": True,
    "svgRemoveXlink": True,
}
_VIEW_BOX = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_INNER = '<svg class="definition-scale"'
_HEAD = 52  # the height of the title and the composer above the score, in units of the view box
_PNG_BEGINNING = 8 + 4 + 4 + 13 + 4  # the signature, and the chunk IHDR
_FONTS = ("STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic", "STIXGeneralBolIta")


@dataclass(frozen=True, slots=True)
class DrawnScore:
    """A picture, and in the order of writing, the quarters at which notes begin and their ids in it."""

    svg: str
    onsets: tuple[tuple[float, tuple[str, ...]], ...]


class Engraver:
    """Engraves scores one after the other in a process of its own; a context manager.

    >>> with Engraver() as engraver:
    ...     svg = engraver.svg(musicxml_bytes(tune), "The Kesh", "Trad.")
    """

    def __init__(self) -> None:
        self._child = _child()

    def __enter__(self) -> Engraver:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        self._child.shutdown()

    def svg(self, musicxml: bytes, title: str = "", composer: str = "") -> str:
        """A picture of the score, all on one page, with the title and the composer above it.

        Raises:
            UnwritableTune: there is none.
        """
        drawn = self._drawn(musicxml, {}).svg
        box = _VIEW_BOX.search(drawn)
        assert box
        return _with_head(drawn, float(box[1]), float(box[2]), title, composer)

    def bare_score(self, musicxml: bytes) -> DrawnScore:
        """A picture of the score alone, without the font of its texts, and when its notes begin.

        Raises:
            UnwritableTune: there is none.
        """
        return self._drawn(musicxml, _BARE)

    def _drawn(self, musicxml: bytes, options: Mapping[str, str | bool]) -> DrawnScore:
        try:
            drawn = self._child.submit(_draw, musicxml.decode(), options).result()
        except BrokenProcessPool:
            self._child = _child()
            raise UnwritableTune("the engraver, Verovio, broke off") from None
        if not _VIEW_BOX.search(drawn.svg):
            raise UnwritableTune("the engraver, Verovio, made no picture")
        return drawn


def _child() -> ProcessPoolExecutor:
    # The parent may have further scores to draw after an interrupt, as a notebook does.
    return ProcessPoolExecutor(1, get_context("spawn"), initializer=leave_interrupts_to_the_parent)


def _draw(musicxml: str, options: Mapping[str, str | bool]) -> DrawnScore:
    """What Verovio draws, empty if it cannot read the score."""
    import verovio

    verovio.enableLog(verovio.LOG_OFF)
    toolkit = verovio.toolkit()
    toolkit.setOptions({**_OPTIONS, **options})
    if not toolkit.loadData(musicxml):
        return DrawnScore("", ())
    moments = toolkit.renderToTimemap() if options else ()
    onsets = ((moment["qstamp"], tuple(moment["on"])) for moment in moments if "on" in moment)
    return DrawnScore(toolkit.renderToSVG(1), tuple(onsets))


def _with_head(svg: str, width: float, height: float, title: str, composer: str) -> str:
    """The picture with room above it for the title and the composer, and with our mark."""
    text = (
        '<text font-family="Times, serif" y="{}" x="{}" font-size="{}" text-anchor="{}">{}</text>'
    )
    head = text.format(-24, width / 2, 26, "middle", escape(title)) if title else ""
    head += text.format(-6, width - 20, 15, "end", escape(composer)) if composer else ""
    room = _HEAD if head else 0
    view = f'viewBox="0 {-room} {width:g} {height + room:g}"'
    opened, end, rest = _VIEW_BOX.sub(view, svg, count=1).partition(">")
    # The score is a picture inside the picture, which would fill the room as well.
    rest = rest.replace(_INNER, f'{_INNER} width="{width:g}" height="{height:g}"', 1)
    return f"{opened}{end}<!-- {MARK} -->{head}{rest}"


def png_bytes(svg: str, width: int) -> bytes:
    """The picture in black on white, `width` pixels wide, with the text in a font that Matplotlib brings."""
    import resvg_py

    with as_file(files("matplotlib") / "mpl-data" / "fonts" / "ttf") as folder:
        drawn = resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            background="white",
            skip_system_fonts=True,
            font_files=[str(folder / f"{name}.ttf") for name in _FONTS],
            font_family=_FONTS[0],
            serif_family=_FONTS[0],
        )
    return _with_text_chunk(bytes(drawn))


def _with_text_chunk(png: bytes) -> bytes:
    """The picture with a text, after the chunk that every PNG begins with, that names the software."""
    content = b"tEXtSoftware\0" + MARK.encode()
    chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", crc32(content))
    return png[:_PNG_BEGINNING] + chunk + png[_PNG_BEGINNING:]
