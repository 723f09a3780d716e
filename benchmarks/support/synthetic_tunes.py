"""Any number of distinct tunes, made from real ones by transposing them and changing some notes."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path

from benchmarks.support.real_tunes import all_real_tunes
from tuneloom.corpus.training_text.keys.transpose import transpose

__all__ = ["PER_FILE", "synthetic_tunes", "write_tunebooks"]

PER_FILE = 1_000

FAMILY_SIZES = (12187, 901, 123, 25, 9, 1, 1)
"""How many families of `folk`, `nottingham` and `irish` have one tune, two tunes, and so on."""

OTHER_TUNE, OTHER_SETTING = 0.2, 0.02
"""Share of notes changed. The first keeps a third of the n-grams, the second nine tenths."""

FIELD = re.compile(r"[A-Za-z]:|%")
NOTE = re.compile(r"\"[^\"]*\"|![^!]*!|\[[A-Za-z]:[^\]]*\]|[A-Ga-g]")
LETTERS = "CDEFGABcdefgab"


def write_tunebooks(folder: Path, number: int) -> None:
    """Write at least this many tunes to files of PER_FILE each; the tunes are always the same."""
    folder.mkdir()
    tunes = synthetic_tunes([raw.text for raw in all_real_tunes()])
    for start in range(0, number, PER_FILE):
        book = "\n".join(islice(tunes, PER_FILE))
        (folder / f"{start // PER_FILE:06}.abc").write_text(book, errors="replace")


def synthetic_tunes(found: Sequence[str]) -> Iterator[str]:
    """Endless tunes made from real ones: always the same, with each family in a row."""
    sizes = range(1, len(FAMILY_SIZES) + 1)
    for seed in count():
        chance = random.Random(seed)
        tune = _with_notes_changed(chance.choice(found), OTHER_TUNE, chance)
        (size,) = chance.choices(sizes, FAMILY_SIZES)
        for setting in range(size):
            moved = transpose(tune, chance.randint(-3, 3)) or tune
            yield _with_notes_changed(moved, OTHER_SETTING, chance) if setting else moved


def _with_notes_changed(tune: str, share: float, chance: random.Random) -> str:
    """The tune with a share of its notes replaced by others."""

    def change(match: re.Match[str]) -> str:
        part = match[0]
        return chance.choice(LETTERS) if len(part) == 1 and chance.random() < share else part

    head, key, body = tune.partition("\nK:")
    first, *lines = body.split("\n")
    changed = [line if FIELD.match(line) else NOTE.sub(change, line) for line in lines]
    return "\n".join([head + key + first, *changed])
