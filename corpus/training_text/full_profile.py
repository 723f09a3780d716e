"""The profile `full`: the melody with titles, chord symbols, annotations, graces, slurs and decorations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tuneloom.corpus.training_text.melody_profile import is_melodic
from tuneloom.corpus.training_text.profile import Profile
from tuneloom.grammar.tune.elements import (
    Chord,
    Decoration,
    Element,
    GraceGroup,
    Note,
    Quoted,
    Rest,
    SlurClose,
    SlurOpen,
)

__all__ = ["FULL"]


def _is_kept(element: Element) -> bool:
    if isinstance(element, Quoted):
        return bool(element.text.strip())
    return is_melodic(element) or isinstance(element, Decoration | SlurOpen | SlurClose)


def _with_closed_slurs(elements: Iterable[Element]) -> Iterator[Element]:
    """Slurs that close on a note, in a chord or after grace notes become elements of their own."""
    for element in elements:
        yield element
        if closed := _slurs_closed(element):
            yield SlurClose(closed)


def _slurs_closed(element: Element) -> int:
    if isinstance(element, Chord):
        return element.slurs_closed + sum(note.slurs_closed for note in element.notes)
    return element.slurs_closed if isinstance(element, Note | Rest | GraceGroup) else 0


FULL = Profile(_is_kept, _with_closed_slurs, has_titles=True)
