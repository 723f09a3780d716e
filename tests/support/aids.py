"""The aids of a text, as the tests of each look at them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.layout import AidLayout
from tuneloom.model.aids.reader import AidReader
from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["HEADER", "AidsOfText", "read_aid"]

HEADER = "M:4/4\nL:1/8\nK:C\n"


@dataclass(frozen=True, slots=True)
class AidsOfText:
    """What an aid says after each character."""

    text: str
    features: NDArray[np.unsignedinteger]  # (characters, features)
    candidates: list[list[str]]
    """The candidates of each pointer, empty for none."""
    runs: NDArray[np.unsignedinteger]  # (characters, pointers)

    def after(self, beginning: str) -> int:
        """The index of the last character of this beginning of the text."""
        assert self.text.startswith(beginning)
        return len(beginning) - 1


def read_aid(name: str, text: str, *, in_one_tonic: bool = False) -> AidsOfText:
    vocabulary = Vocabulary("".join(sorted(set(text))))
    reader = AidReader([name], vocabulary, rows=1, in_one_tonic=in_one_tonic)
    layout = AidLayout.of([name])
    columns = np.concatenate([reader.advance(vocabulary.encode(char)) for char in text])
    features, candidates, runs = np.split(
        columns, [layout.features, layout.features + layout.pointers], axis=1
    )
    texts = [["" if not t else vocabulary.characters[t - 1] for t in row] for row in candidates]
    return AidsOfText(text, features, texts, runs)
