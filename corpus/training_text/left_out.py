"""What of a tune its training text does not have, by name."""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.corpus.training_text.header import TrainingHeader
from tuneloom.corpus.training_text.profile import Profile
from tuneloom.grammar.tune.elements import (
    Decoration,
    Element,
    Field,
    GraceGroup,
    Quoted,
    SlurOpen,
    Tune,
)

__all__ = ["left_out_of"]

_ANNOTATIONS = "^_<>@"


def left_out_of(tune: Tune, header: TrainingHeader, profile: Profile) -> tuple[str, ...]:
    """The names of fields and signs that the profile does not write: `X:`, `C:`, `slurs`."""
    return tuple(dict.fromkeys(_names(tune, header, profile)))


def _names(tune: Tune, header: TrainingHeader, profile: Profile) -> Iterator[str]:
    written = (
        {*"MLK"} | ({"R"} if header.rhythm else set()) | ({"T"} if profile.has_titles else set())
    )
    yield from (f"{field.letter}:" for field in tune.fields if field.letter not in written)
    for bar in tune.bars:
        for element in bar.elements:
            if isinstance(element, Field):
                if element.letter not in "MLK":
                    yield f"{element.letter}:"
            elif (name := _name_of(element)) and not profile.writes(element):
                yield name


def _name_of(element: Element) -> str:
    match element:
        case Quoted():
            return "annotations" if element.text[:1] in _ANNOTATIONS else "chord symbols"
        case GraceGroup():
            return "grace notes"
        case SlurOpen():
            return "slurs"
        case Decoration():
            return "decorations"
    return ""
