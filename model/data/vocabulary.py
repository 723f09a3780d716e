"""Characters to tokens and back. Token 0 is not a character but the boundary between tunes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["BOUNDARY", "Vocabulary"]

BOUNDARY = 0
"""Start and end token in one: as an input it starts a tune, as a target it ends one."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The characters of a data set in code-point order; the character at index i is token i + 1."""

    characters: str

    @property
    def size(self) -> int:
        """The number of tokens: all characters and the boundary."""
        return len(self.characters) + 1

    def union(self, other: Vocabulary) -> Vocabulary:
        """The characters of both."""
        return Vocabulary("".join(sorted({*self.characters, *other.characters})))

    def unknown(self, text: str) -> str:
        """The characters of `text` that have no token, each once, in order of appearance."""
        return "".join(dict.fromkeys(char for char in text if char not in self.characters))

    def encode(self, text: str) -> NDArray[np.int32]:
        """The tokens of `text`, (characters,), all of which must be known."""
        return self.encode_code_points(np.array([ord(char) for char in text], dtype=np.int32))

    def encode_code_points(self, code_points: NDArray[np.int32]) -> NDArray[np.int32]:
        """The tokens of code points, (characters,), all of which must be known."""
        known = np.array([ord(char) for char in self.characters], dtype=np.int32)
        return np.searchsorted(known, code_points).astype(np.int32) + 1

    def decode(self, tokens: NDArray[np.int32]) -> str:
        """The text of tokens, (characters,), none of which may be a boundary."""
        return "".join(self.characters[token - 1] for token in tokens)
