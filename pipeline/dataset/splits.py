"""Which split a tune family belongs to: a share of all hashes for each split, and a seed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.files import SPLITS

__all__ = ["HELD_OUT", "FamilySplit", "hash_position", "salted_hash"]

HELD_OUT = "held-out-"
"""How the names of families begin that are in the test split whatever their share."""


@dataclass(frozen=True, slots=True)
class FamilySplit:
    """How families are split: the percentage of them that each split gets, in the order of SPLITS.

    Another seed draws other families for each split. With the same seed, a family stays where it is when
    other tunes come or go.
    """

    percentages: tuple[int, ...] = (90, 5, 5)
    seed: int = 0

    def __post_init__(self) -> None:
        wrong = len(self.percentages) != len(SPLITS) or min(self.percentages) < 1
        if wrong or sum(self.percentages) != 100:
            raise ValueError(
                f"not three whole percentages of {', '.join(SPLITS)} that add up to 100"
            )

    def of(self, family: str) -> str:
        """The split of a family, so that related tunes are always in the same one."""
        if family.startswith(HELD_OUT):
            return "test"
        # Without a seed, the salt is that of data sets made before there was one.
        share = hash_position(f"split {self.seed}" if self.seed else "split", family, 100)
        for split, percent in zip(SPLITS, self.percentages, strict=True):
            if share < percent:
                return split
            share -= percent
        raise AssertionError("the shares of the splits do not add up to 100")

    @property
    def by_name(self) -> dict[str, int]:
        """The percentage of each split."""
        return dict(zip(SPLITS, self.percentages, strict=True))

    @classmethod
    def parse(cls, text: str, seed: int = 0) -> FamilySplit:
        """Read percentages as in `90/5/5`. Raises ValueError where they are not such."""
        parts = text.split("/")
        # A number of thousands of digits is no percentage, and int() may refuse it.
        known = all(part.isdecimal() and part.isascii() and len(part) < 4 for part in parts)
        return cls(tuple(map(int, parts)) if known else (), seed)

    @classmethod
    def of_options(cls, options: Mapping[str, object]) -> FamilySplit:
        """The splitting that the options of a manifest record.

        Raises:
            UsageError: they record none.
        """
        shares, seed = options.get("splits"), options.get("seed", 0)
        try:
            if not isinstance(shares, dict) or type(seed) is not int:
                raise ValueError("it does not record how the tunes were split")
            return cls(tuple(int(shares[name]) for name in SPLITS), seed)
        except (KeyError, TypeError, ValueError) as error:
            raise UsageError(f"the manifest is damaged ({error})") from error


def hash_position(salt: str, key: str, count: int) -> int:
    """The index of the key among `count` equal ranges of hashes."""
    return int.from_bytes(salted_hash(salt, key)[:8]) * count >> 64


def salted_hash(salt: str, key: str) -> bytes:
    return hashlib.sha256(f"tuneloom {salt} {key}".encode()).digest()
