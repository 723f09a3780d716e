"""What a profile is: a choice of what goes from a tune into its training text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tuneloom.corpus.training_text.header import TrainingHeader
from tuneloom.corpus.training_text.keys.as_sounding import as_sounding
from tuneloom.corpus.training_text.layout import BarWriter
from tuneloom.grammar.canonical.elements import join_bar_lines, spell_bar_line
from tuneloom.grammar.source.text_strings import decode_text
from tuneloom.grammar.tune.elements import BarLine, Element, Field, Tune, is_timed
from tuneloom.grammar.tune.key import has_signature

__all__ = ["Profile", "title_lines"]

_BarContent = tuple[list[Element], BarLine | None]


def _unchanged(elements: list[Element]) -> Iterable[Element]:
    return elements


@dataclass(frozen=True, slots=True)
class Profile:
    """What the training text of a tune has besides R: M: L: and K:.

    The tune is written as it sounds, without clefs. The elements of each bar for which `keeps` is true are
    passed to `rewrite`, which may change them or leave some out, and then laid out. The layout writes no
    overlay, no space of the tune's own and no field but K:, M: and L:. With `has_titles`, the text begins
    with T:.
    """

    keeps: Callable[[Element], bool]
    rewrite: Callable[[list[Element]], Iterable[Element]] = _unchanged
    has_titles: bool = False

    def training_text(self, tune: Tune, header: TrainingHeader) -> str:
        """The training text of a tune with this header; it ends in a line feed.

        Raises:
            ValueError: `keeps` is true for an element that the layout does not write.
        """
        writer = BarWriter(header.meter)
        for elements, line in _join_empty_bars(self._kept_bars(as_sounding(tune))):
            writer.bar(elements, line)
        return (title_lines(tune) if self.has_titles else "") + header.text() + writer.text()

    def beginning_of_music(self, tune: Tune, header: TrainingHeader) -> str:
        """The music of a tune that goes on: its last bar and its last line stay open.

        The last line ends only if the layout has no more room on it.
        """
        writer = BarWriter(header.meter)
        for elements, line in _join_empty_bars(self._kept_bars(as_sounding(tune))):
            if line is None:
                writer.open_bar(elements)
            else:
                writer.bar(elements, line)
        return writer.open_text()

    def writes(self, element: Element) -> bool:
        """Whether an element like this, alone in a bar, is in the training text."""
        return self.keeps(element) and element in self.rewrite([element])

    def _kept_bars(self, tune: Tune) -> Iterator[_BarContent]:
        """The bars with the elements that are kept; fields before the music are in the header."""
        started = False
        for bar in tune.bars:
            elements: list[Element] = []
            for element in bar.elements:
                if isinstance(element, Field):
                    if not (started and _says_more_than_clef(element)):
                        continue
                elif not started:
                    started = is_timed(element)
                if self.keeps(element):
                    elements.append(element)
            yield list(self.rewrite(elements)), bar.line


def _says_more_than_clef(field: Field) -> bool:
    return field.letter != "K" or has_signature(field.value)


def title_lines(tune: Tune) -> str:
    """The T: fields of a tune's header, one a line, as a person reads them."""
    return "".join(
        f"T:{_plain_title(f.value)}\n" for f in tune.fields if f.letter == "T" and f.value
    )


def _plain_title(title: str) -> str:
    """A title as a person reads it, unless it has characters that a title must write as escapes."""
    plain = decode_text(title)
    return title if set(plain) & set("%\\\n\r") else plain


def _join_empty_bars(bars: Iterable[_BarContent]) -> list[_BarContent]:
    """Bar lines with nothing between them become one; one before the music goes if it means nothing."""
    joined: list[_BarContent] = []
    for elements, line in bars:
        if elements or line is None:
            joined.append((elements, line))
        elif joined and joined[-1][1] is not None:
            joined[-1] = (joined[-1][0], join_bar_lines(joined[-1][1], line))
        elif joined:
            joined[-1] = (joined[-1][0], line)
        else:
            joined.append((elements, line))
    if joined and not joined[0][0] and joined[0][1] and not _is_sign(joined[0][1]):
        del joined[0]
    return joined


def _is_sign(line: BarLine) -> bool:
    """Whether it starts or ends a repeat, or has a volta."""
    return bool(line.volta) or ":" in spell_bar_line(line)
