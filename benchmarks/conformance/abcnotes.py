"""Reads cases with the Python package abcnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from benchmarks.conformance.readings import PeerReading, TimedPitch
from tests.conformance.suite import Case

__all__ = ["read_with_abcnotes"]

MIDDLE_C = 60


def read_with_abcnotes(cases: Sequence[Case]) -> list[PeerReading]:
    """An issue is a complaint, unless it is about the length of a bar."""
    package = import_module("abcnotes")
    return [_abcnotes_reading(package, case) for case in cases]


def _abcnotes_reading(package: Any, case: Case) -> PeerReading:
    try:
        texts = package.split_tunes("\n".join(case.abc.splitlines()))
        tune = package.Tune(abc=texts[0], strict=False)
        written = tune.header.get("key", "none")
        key = package.Key(written)
        altered = [letter + sign for letter, sign in key.accidentals.items() if sign]
        return PeerReading(
            complains=any("has length" not in issue.message for issue in tune.validate()),
            tracks=(tuple(sorted(_played_notes(package, tune))),),
            tunes=len(texts),
            key="none" if written in ("", "none") else f"{key.root.name} {key.mode[:3]}",
            signature=" ".join(sorted(altered)),
            meter=tune.header.get("meter"),
            tempo=_quarters_a_minute(package, tune.header.get("tempo", "")),
        )
    except Exception:  # whatever a program raises is how it refuses a case
        return PeerReading(complains=True)


def _played_notes(package: Any, tune: Any) -> Iterator[TimedPitch]:
    """The notes as they are played, with ties joined; those of a chord begin together."""
    onset = length = 0.0
    in_chord = False
    tied: dict[int, TimedPitch] = {}
    for token in (token for bar in tune.expand_repeats(strict=False) for token in bar):
        if isinstance(token, package.ChordBracket):
            in_chord = token._text.startswith("[")
            onset += 0 if in_chord else length
            length = 0.0
        elif isinstance(token, package.Rest):
            yield from tied.values()
            tied = {}
            onset += token.abs_duration
        elif isinstance(token, package.Note) and not token.grace:
            pitch = MIDDLE_C + token.pitch.abs_value
            start, _, before = tied.pop(pitch, (onset, pitch, 0.0))
            note = (start, pitch, before + token.abs_duration)
            if token.tie:
                tied[pitch] = note
            else:
                yield note
            length = length or token.abs_duration
            if not in_chord:
                onset, length = onset + length, 0.0
    yield from tied.values()


def _quarters_a_minute(package: Any, tempo: str) -> float | None:
    beat, bpm, _ = package.parse_tempo(tempo)
    return None if beat is None or bpm is None else 4 * bpm * beat[0] / beat[1]
