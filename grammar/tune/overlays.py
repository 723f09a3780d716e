"""Voice overlays: the layers of a voice as voices of their own (7.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from tuneloom.grammar.tune.elements import Bar, Element, Overlay, Voice, is_timed

__all__ = ["LayerPart", "layer_parts", "split_layers"]


class LayerPart(Struct, frozen=True):
    """The elements `start` to `stop` of a bar, which belong to one layer; layer 0 is the voice itself.

    `time` is the bar that they sound in, counted in layer 0.
    """

    layer: int
    time: int
    bar: int
    start: int
    stop: int


class _LayerCursor(Struct):
    """Where the music is: its layer and bar, and where layer 0 goes on after the overlay."""

    layer: int = 0
    time: int = 0
    resume: int = 0
    bars_left: int = 0
    group_start: int | None = None

    def overlay(self, text: str, begun: bool) -> None:
        """`&` goes back one bar line for each `&`, or to the `(&` before it; `begun`: in a bar with music."""
        if text.endswith("(&"):
            self.group_start = self.time
        elif text == "&)":
            self.layer, self.time, self.group_start = 0, self.resume, None
        elif self.group_start is not None:
            if not self.layer:
                self.resume = self.time
            self.layer, self.time = self.layer + 1, self.group_start
        else:
            if not self.layer:
                self.resume = self.time + begun
            self.layer, self.bars_left = self.layer + 1, len(text)
            self.time = max(0, self.time - len(text) + begun)

    def bar_line(self) -> None:
        self.time += 1
        if self.layer and self.group_start is None:
            self.bars_left -= 1
            if not self.bars_left:
                self.layer, self.time = 0, self.resume


def layer_parts(bars: Sequence[Bar]) -> Iterator[LayerPart]:
    """The music of a voice in the order of the source, by layers."""
    cursor = _LayerCursor()
    for number, bar in enumerate(bars):
        start, begun = 0, False
        for index, element in enumerate(bar.elements):
            if isinstance(element, Overlay):
                yield LayerPart(cursor.layer, cursor.time, number, start, index)
                cursor.overlay(element.text, begun)
                start, begun = index + 1, False
            else:
                begun = begun or is_timed(element)
        yield LayerPart(cursor.layer, cursor.time, number, start, len(bar.elements))
        if bar.line:
            cursor.bar_line()


class _LayerBar(Struct):
    elements: list[Element] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


def split_layers(voice: Voice) -> tuple[Voice, ...]:
    """A voice without its overlays, and then each overlay as a voice, such as `T1&1`, with as many bars.

    A bar in which an overlay has no music is empty. Words, which count the notes of all layers, are left out.
    """
    layers: dict[int, dict[int, _LayerBar]] = defaultdict(lambda: defaultdict(_LayerBar))
    ends: dict[int, Bar] = {}
    for part in layer_parts(voice.bars):
        bar = voice.bars[part.bar]
        target = layers[part.layer][part.time]
        target.elements += bar.elements[part.start : part.stop]
        target.starts += bar.starts[part.start : part.stop]
        if part.stop == len(bar.elements):
            ends.setdefault(part.time, bar)
    if set(layers) <= {0}:
        return (voice,)
    return tuple(
        replace(
            voice,
            id=f"{voice.id}&{number}" if number else voice.id,
            bars=tuple(_with_elements(ends[time], layer[time]) for time in sorted(ends)),
            verses=(),
        )
        for number, layer in sorted(layers.items())
    )


def _with_elements(end: Bar, content: _LayerBar) -> Bar:
    last = end.starts[-1:] if end.line else ()
    return Bar(tuple(content.elements), end.line, (*content.starts, *last), end.volta_start)
