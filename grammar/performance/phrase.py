"""A phrase that is looked for in tunes: notes in a row, in any key, octave and length."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.tune.elements import Tune

__all__ = ["Phrase"]

_SHORTEST = 3  # notes; two are in every tune


class Phrase(Struct, frozen=True):
    """Notes in ABC notation, read in the key of each tune unless they name one, as in `[K:D]def`.

    Raises:
        UsageError: they are no music, or fewer than three.
    """

    text: str

    def __post_init__(self) -> None:
        if len(_steps_of_phrase(self.text, "C")) < _SHORTEST - 1:
            raise UsageError(
                f"`{self.text}` is not a phrase of {_SHORTEST} notes or more, such as GABc"
            )

    def is_in(self, tune: Tune, key: str) -> bool:
        """Whether a voice of a tune in this key, as played, has the notes one after the other."""
        wanted = _steps_of_phrase(self.text, key) or _steps_of_phrase(self.text, "C")
        return any(_contains(steps, wanted) for steps in _steps_of_voices(tune))


@lru_cache(256)
def _steps_of_phrase(text: str, key: str) -> tuple[int, ...]:
    parsed = parse(f"X:1\nM:none\nL:1/8\nK:{key}\n{text}\n")
    return next(iter(_steps_of_voices(parsed.tune)), ()) if parsed.parseable else ()


def _steps_of_voices(tune: Tune) -> list[tuple[int, ...]]:
    """For each voice, the semitones from the highest pitch of each note or chord to the next."""
    voices: dict[int, dict[Fraction, int]] = {}
    for event in tune.performance().events:  # those of one chord from the lowest to the highest
        voices.setdefault(event.voice, {})[event.onset] = event.pitch
    return [
        tuple(after - before for before, after in pairwise(highest.values()))
        for highest in voices.values()
    ]


def _contains(steps: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    places = range(len(steps) - len(wanted) + 1)
    return any(steps[place : place + len(wanted)] == wanted for place in places)
