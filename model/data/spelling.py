"""How a network reads training texts, and how what it writes becomes one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tuneloom.corpus.training_text.keys.one_tonic import (
    ONE_TONIC_CHARACTERS,
    header_key,
    one_tonic_key,
    to_one_tonic,
    to_own_key,
    with_key,
)
from tuneloom.corpus.training_text.keys.own_key_stream import OwnKeyStream

__all__ = ["Spelling", "TextStream"]

_ACCIDENTALS = {"^", "_", "="}


class TextStream(Protocol):
    """A text that comes in pieces."""

    def feed(self, piece: str) -> str:
        """The text that is certain with this piece and has not been given out yet."""
        ...

    def close(self) -> str:
        """What is left at the end of the text."""
        ...


@dataclass(frozen=True, slots=True)
class Spelling:
    """The spelling of the texts of a network: as they are, or with their music `in_one_tonic`."""

    in_one_tonic: bool

    @classmethod
    def of(cls, keys: str) -> Spelling:
        """That of a run with these `keys` in its config."""
        return cls(in_one_tonic=keys == "one")

    def to_network(self, text: str) -> str:
        """A training text as the network reads it."""
        return to_one_tonic(text) if self.in_one_tonic else text

    def from_network(self, text: str, key: str = "") -> str:
        """A text of the network as a training text, in `key` if that is given."""
        return to_own_key(text, key) if self.in_one_tonic else text

    def stream(self, key: str = "") -> TextStream:
        """`from_network` for a text that comes in pieces."""
        return OwnKeyStream(key) if self.in_one_tonic else _Unchanged()

    def stand_in(self, key: str, known: Sequence[str]) -> str:
        """The first of the known keys whose tunes are spelled like those in `key`; empty without one."""
        if not self.in_one_tonic:
            return ""
        alike = one_tonic_key(key)
        return next((other for other in known if one_tonic_key(other) == alike), "")

    def beginnings(self, text: str, stand_in: str, characters: str) -> list[str]:
        """What texts of the network begin with that become training texts beginning with `text`.

        `stand_in` is the key that they are written under, if it is not their own. How the last sign is
        spelled may depend on the next one, which is then part of each beginning. `characters` are those that
        the network writes.
        """
        if not self.in_one_tonic or not header_key(text):
            return [text]
        # No sign goes over the end of a line, so what came before is the same whatever follows.
        start = text.rfind("\n") + 1
        before, line, key = self.to_network(text[:start]), text[start:], header_key(text)
        lines = _LineInKey(key).beginnings(line, characters)
        return [with_key(before, stand_in or key) + moved for moved in lines]


@dataclass(frozen=True, slots=True)
class _LineInKey:
    """A line of music that has begun, in a key."""

    key: str

    def to_network(self, line: str) -> str:
        return to_one_tonic(f"K:{self.key}\n{line}").partition("\n")[2]

    def from_network(self, line: str) -> str:
        return to_own_key(f"K:{self.key}\n{line}").partition("\n")[2]

    def beginnings(self, line: str, characters: str) -> list[str]:
        """The lines of the network that become lines beginning with this one; `characters` are its own."""

        def is_begun(moved: str) -> bool:
            return self.from_network(moved).startswith(line)

        # After an accidental, another would leave it as open as before.
        following = {*characters, *ONE_TONIC_CHARACTERS}
        following -= _ACCIDENTALS if line[-1:] in _ACCIDENTALS else set()
        longer = sorted(filter(is_begun, {self.to_network(line + char) for char in following}))
        moved = self.to_network(line)
        is_complete = all(is_begun(moved + char) for char in characters)
        if is_complete and all(other.startswith(moved) for other in longer):
            return [moved]
        found: list[str] = []
        for other in longer:
            if not found or not other.startswith(found[-1]):
                found.append(other)
        return found or [moved]


class _Unchanged:
    def feed(self, piece: str) -> str:
        return piece

    def close(self) -> str:
        return ""
