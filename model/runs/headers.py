"""Tune headers: those that a run was trained on, and those that new tunes are asked to have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tuneloom.corpus.training_text.rhythms import canonical_rhythm
from tuneloom.grammar.canonical.elements import canonical_meter, spell_key
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.tune.key import parse_key, split_key

__all__ = [
    "ANY_HEADER", "FIELD_OPTIONS", "FIELD_ORDER", "NO_HEADERS", "RequestedHeader", "TrainedHeaders",
    "join_header",
]  # fmt: skip

FIELD_ORDER = "RMLK"
FIELD_OPTIONS = {"R": "--rhythm", "M": "--meter", "K": "--key"}


@dataclass(frozen=True, slots=True)
class RequestedHeader:
    """Values for header fields, spelled as in training texts; an empty one may be anything."""

    rhythm: str = ""
    meter: str = ""
    key: str = ""
    unit: str = ""
    """The unit note length, which only a prompt asks for."""

    @classmethod
    def of(cls, rhythm: str, meter: str, key: str) -> RequestedHeader:
        """From user input such as `E dorian`.

        Raises:
            UsageError: the key does not exist.
        """
        if key and key.strip().lower() != "none" and not split_key(key.strip())[0]:
            raise UsageError(
                f"--key {key}: no such key; a key has a tonic and a mode, such as D, Em or Edor"
            )
        return cls(
            canonical_rhythm(rhythm) or rhythm.strip(),
            canonical_meter(meter) if meter else "",
            spell_key(parse_key(key)) if key else "",
        )

    @classmethod
    def of_fields(cls, fields: Mapping[str, str]) -> RequestedHeader:
        """From values by field letter, spelled as in training texts."""
        return cls(*(fields.get(letter, "") for letter in "RMKL"))

    def fields(self) -> dict[str, str]:
        """The values that are set, by field letter."""
        values = {"R": self.rhythm, "M": self.meter, "L": self.unit, "K": self.key}
        return {letter: value for letter, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class TrainedHeaders:
    """The headers of the tunes that a run was trained on.

    `beginnings` are the fields before the key that occur together, such as `R:jig\\nM:6/8\\nL:1/8\\n` (R:
    is optional). `keys` are the values of K:, the most frequent first, which go with each of those.
    """

    beginnings: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> TrainedHeaders:
        """The headers of training texts."""
        beginnings: set[str] = set()
        keys: Counter[str] = Counter()
        for text in texts:
            before, found, after = f"\n{text}".partition("\nK:")
            if found:
                fields = (line for line in before.split("\n") if line[:1] in {*FIELD_ORDER})
                beginnings.add("".join(f"{line}\n" for line in fields))
                keys[after.partition("\n")[0]] += 1
        return cls(
            tuple(sorted(beginnings)), tuple(sorted(keys, key=lambda key: (-keys[key], key)))
        )

    def values(self, letter: str) -> list[str]:
        """The values of a field, sorted."""
        if letter == "K":
            return sorted(self.keys)
        found = (_split_header(beginning).get(letter) for beginning in self.beginnings)
        return sorted({value for value in found if value})

    def check(self, requested: RequestedHeader, name: str = "") -> None:
        """Check that training tunes have the requested values; `name` is that of the prompt they are in.

        Raises:
            UsageError: none has one of them.
        """
        for letter, value in requested.fields().items():
            self._check_value(letter, value, f"{name} {letter}:" if name else FIELD_OPTIONS[letter])

    def prompts(self, requested: RequestedHeader, name: str = "") -> list[str]:
        """All headers up to the last requested field; the fields before it that are free vary.

        Raises:
            UsageError: as for `check`.
        """
        self.check(requested, name)
        given = requested.fields()
        known = [_split_header(beginning) for beginning in self.beginnings]
        before = {letter: value for letter, value in given.items() if letter != "K"}
        # Values that never occur together may still be requested together, with any unit note length.
        headers = [header for header in known if header.items() >= before.items()] or [
            before | {"L": unit} for unit in self.values("L")
        ]
        last = max(map(FIELD_ORDER.index, given))
        headers = [header | given for header in headers]
        return list(
            dict.fromkeys(join_header(header, FIELD_ORDER[: last + 1]) for header in headers)
        )

    def _check_value(self, letter: str, value: str, asked_by: str) -> None:
        known = self.values(letter)
        if not known:
            raise UsageError(
                f"{asked_by}: this run has seen no {letter}: field; train again, or use --prompt"
            )
        if value not in known:
            raise UsageError(
                f"{asked_by} {value}: not in any tune the run was trained on; it knows "
                + ", ".join(known)
            )


ANY_HEADER = RequestedHeader()
NO_HEADERS = TrainedHeaders()


def _split_header(text: str) -> dict[str, str]:
    return {line[0]: line[2:] for line in text.splitlines()}


def join_header(fields: Mapping[str, str], letters: Sequence[str] = FIELD_ORDER) -> str:
    """The fields with these letters as lines of a training text."""
    return "".join(f"{x}:{fields[x]}\n" for x in letters if x in fields)
