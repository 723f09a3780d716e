"""Whether tunes sound the same before and after a change, according to abc2midi and abcjs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.support.abcjs import play_with_abcjs
from benchmarks.support.midi import play_abc

__all__ = ["Change", "PlayerVerdict", "compare_players"]


@dataclass(frozen=True, slots=True)
class Change:
    """A tune before and after a change, with its file header, and a name to print."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlayerVerdict:
    """Whether a player plays both texts the same; None if it plays nothing before, or is not installed.

    The tempos of both count, as well as their notes; how loud a note is does not.
    """

    abc2midi: bool | None
    abcjs: bool | None


def compare_players(changes: Sequence[Change], with_abcjs: bool) -> list[PlayerVerdict]:
    """One verdict for each change."""
    events: list[bool | None] = [None] * len(changes)
    if with_abcjs:
        events = _abcjs_plays_the_same(changes)
    verdicts = []
    for change, same in zip(changes, events, strict=True):
        before, _ = play_abc(change.before)
        midi = None if before is None else play_abc(change.after)[0] == before
        verdicts.append(PlayerVerdict(midi, same))
    return verdicts


def _abcjs_plays_the_same(changes: Sequence[Change]) -> list[bool | None]:
    texts = [text for change in changes for text in (change.before, change.after)]
    events = play_with_abcjs(texts)
    pairs = zip(events[::2], events[1::2], strict=True)
    return [None if before is None else before == after for before, after in pairs]
