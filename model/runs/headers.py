"""What the headers of training texts say: which values a run knows, and how a tune begins with some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tuneloom.corpus.training_text.rhythms import canonical_rhythm
from tuneloom.grammar.canonical.elements import canonical_meter, spell_key
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.tune.key import parse_key, split_key

__all__ = ["NO_CONDITIONS", "NO_HEADERS", "Conditions", "Headers"]

_ORDER = "RMLK"
_OPTIONS = {"R": "--rhythm", "M": "--meter", "K": "--key"}


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the header of every tune is to say, as training texts spell it; empty where that is free."""

    rhythm: str = ""
    meter: str = ""
    key: str = ""

    @classmethod
    def of(cls, rhythm: str, meter: str, key: str) -> Conditions:
        """From what a person writes, such as `E dorian`; UsageError for a key that does not exist."""
        if key and key.strip().lower() != "none" and not split_key(key.strip())[0]:
            raise UsageError(
                f"--key {key}: no such key; a key has a tonic and a mode, such as D, Em or Edor"
            )
        return cls(
            canonical_rhythm(rhythm) or rhythm.strip(),
            canonical_meter(meter) if meter else "",
            spell_key(parse_key(key)) if key else "",
        )

    def fields(self) -> dict[str, str]:
        """The values that are given, by the letter of their field."""
        values = {"R": self.rhythm, "M": self.meter, "K": self.key}
        return {letter: value for letter, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of the tunes that a run learnt from.

    `beginnings` are the fields R:, if there is one, M: and L: that stand together in a tune, such as
    `R:jig\\nM:6/8\\nL:1/8\\n`; `keys` the values of K:, since a tune is learnt in many keys.
    """

    beginnings: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Headers:
        beginnings, keys = set(), set()
        for text in texts:
            before, found, after = f"\n{text}".partition("\nK:")
            if found:
                fields = (line for line in before.split("\n") if line[:1] in {*_ORDER})
                beginnings.add("".join(f"{line}\n" for line in fields))
                keys.add(after.partition("\n")[0])
        return cls(tuple(sorted(beginnings)), tuple(sorted(keys)))

    def known(self, letter: str) -> list[str]:
        """The values of a field, in order."""
        if letter == "K":
            return list(self.keys)
        found = (_fields(beginning).get(letter) for beginning in self.beginnings)
        return sorted({value for value in found if value})

    def openings(self, conditions: Conditions) -> list[str]:
        """All ways to begin a tune up to the last field that is given; fields before it vary.

        Raises UsageError for a value that no training tune has.
        """
        given = conditions.fields()
        for letter, value in given.items():
            self._check(letter, value)
        free = [_fields(beginning) for beginning in self.beginnings]
        before = {letter: value for letter, value in given.items() if letter != "K"}
        # Values that no tune has together may be asked for together, with any unit note length.
        ways = [way for way in free if way.items() >= before.items()] or [
            before | {"L": unit} for unit in self.known("L")
        ]
        last = max(map(_ORDER.index, given))
        ways = [way | given for way in ways]
        return list(dict.fromkeys(_text(way, _ORDER[: last + 1]) for way in ways))

    def _check(self, letter: str, value: str) -> None:
        known = self.known(letter)
        if not known:
            raise UsageError(
                f"{_OPTIONS[letter]}: this run knows no values of {letter}:; train it anew, "
                "or use --prompt"
            )
        if value not in known:
            raise UsageError(
                f"{_OPTIONS[letter]} {value}: in no tune that the run learnt from; it knows "
                + ", ".join(known)
            )


NO_CONDITIONS = Conditions()
NO_HEADERS = Headers()


def _fields(text: str) -> dict[str, str]:
    return {line[0]: line[2:] for line in text.splitlines()}


def _text(fields: dict[str, str], letters: Sequence[str]) -> str:
    return "".join(f"{x}:{fields[x]}\n" for x in letters if x in fields)
