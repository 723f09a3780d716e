"""Playing order and sounding events compared with abc2midi and abcjs, tune by tune.

The order is compared with abc2midi on tunes with repeats and endings, as the pitches in the order of their
onsets; the events with both on all tunes, as onsets, pitches and durations. They read a copy without what
they play in ways of their own (grace notes, ornaments, chord symbols) and without text. Where one differs,
the copy is respelled so that it means the same but avoids one habit of that program after the other, and
compared again: the habit that makes both equal explains the difference.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from benchmarks.language.peers import collection_tunes, is_installed
from benchmarks.playing.abc2midi_habits import ABC2MIDI_HABITS
from benchmarks.playing.abcjs_habits import ABCJS_HABITS
from benchmarks.playing.habits import PlayingHabit, plain_text
from benchmarks.support.abcjs import abcjs_notes
from benchmarks.support.heard_notes import (
    HeardNotes,
    first_difference,
    notes_of,
    same_notes,
    same_order,
)
from benchmarks.support.midi import abc2midi_notes
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.parsing.result import ParsedTune

__all__ = ["PlayedTune", "main"]

ORDER_COLLECTIONS = ("nottingham", "oneill", "ryan")
EVENT_COLLECTIONS = ("nottingham", "irish", "oneill", "aird", "taberna")
ORDER_TUNES = 300  # at most, of each collection
MIN_ORDER, MIN_EVENTS = 0.98, 0.995

UNEXPLAINED = "unexplained"

QUICK = ["--tunes", "30"]

What = Literal["order", "events"]


@dataclass(frozen=True, slots=True)
class Player:
    """Another program: what it plays of each text, and its habits in the order in which they are avoided."""

    name: str
    play: Callable[[Sequence[str]], list[HeardNotes]]
    habits: tuple[PlayingHabit, ...]


ABC2MIDI = Player("abc2midi", abc2midi_notes, ABC2MIDI_HABITS)
ABCJS = Player("abcjs", abcjs_notes, ABCJS_HABITS)


@dataclass(slots=True)
class PlayedTune:
    """A tune that is compared: how it is respelled for the player, what we play of it, and what is found.

    `cause` is the habit that explains a difference; `difference` describes the first one that is left.
    """

    name: str
    parsed: ParsedTune
    ours: HeardNotes
    respelled: dict[int, str] = field(default_factory=dict)
    cause: str = ""
    difference: str = ""

    def avoid(self, habit: PlayingHabit) -> bool:
        """Respell the tune for a habit; False if nothing in it is respelled.

        Unless the habit is heard, a spelling is only taken if it means the same: if we play the same of it.
        """
        respelled = self.respelled | habit.respell(self.parsed)
        if respelled == self.respelled:
            return False
        ours = _our_notes(plain_text(self.parsed, respelled))
        if not ours or not (habit.is_heard or same_notes(self.ours, ours)):
            return False
        self.ours, self.respelled = ours, respelled
        return True


def main(arguments: Sequence[str]) -> bool:
    """Print the share of tunes that agree, and the causes of the differences; False below the targets."""
    options = argparse.ArgumentParser(prog="benchmarks playing", description=__doc__)
    options.add_argument(
        "--tunes", type=int, default=1000, help="of each collection (default: 1000)"
    )
    options.add_argument("--show", action="store_true", help="print each tune that differs")
    given = options.parse_args(arguments)
    reached = True
    for collection in ORDER_COLLECTIONS:
        tunes = [tune for tune in _parsed(collection) if _has_endings(tune[1])]
        chosen = _sample(tunes, max(1, ORDER_TUNES * given.tunes // 1000))
        print(f"{collection}: {len(tunes)} tunes with repeats and endings")
        if chosen:
            reached &= _compare(ABC2MIDI, "order", chosen, given.show) >= MIN_ORDER
    players = [ABC2MIDI, *([ABCJS] if is_installed("abcjs") else [])]
    for collection in EVENT_COLLECTIONS:
        chosen = _sample(list(_parsed(collection)), given.tunes)
        print(f"{collection}: {len(chosen)} tunes")
        for player in players if chosen else ():
            reached &= _compare(player, "events", chosen, given.show) >= MIN_EVENTS
    return reached


def _parsed(collection: str) -> Iterator[tuple[RawTune, ParsedTune]]:
    for raw in collection_tunes(collection):
        parsed = parse(raw.text)
        if parsed.parseable:
            yield raw, parsed


def _has_endings(parsed: ParsedTune) -> bool:
    lines = [bar.line for voice in parsed.tune.voices for bar in voice.bars if bar.line]
    return any(line.volta for line in lines) and any(":" in line.text for line in lines)


def _sample(
    tunes: Sequence[tuple[RawTune, ParsedTune]], count: int
) -> list[tuple[RawTune, ParsedTune]]:
    """At most `count` tunes, evenly spread."""
    step = max(1, len(tunes) / count)
    return [tunes[int(index * step)] for index in range(min(count, len(tunes)))]


def _compare(
    player: Player, what: What, tunes: Sequence[tuple[RawTune, ParsedTune]], show: bool
) -> float:
    """Print how many tunes are played alike, and return the share of those that are or are explained."""
    played = [
        PlayedTune(f"{raw.path}:{raw.line}", parsed, _our_notes(plain_text(parsed, {})))
        for raw, parsed in tunes
    ]
    different = _different(player, what, played)
    causes = Counter(tune.cause for tune in _explained(player, what, different))
    if show:
        for tune in different:
            print(f"    {tune.cause}: {tune.name} {tune.difference}")
    count = len(tunes)
    as_found, explained = count - causes.total(), count - causes[UNEXPLAINED]
    print(
        f"  {what}, {player.name}: {as_found / count:.2%} equal as found, "
        f"{explained / count:.2%} with a spelling for each of its habits:"
    )
    for cause, number in causes.most_common():
        print(f"    {number:>5}  {cause}")
    return explained / count


def _our_notes(text: str) -> HeardNotes:
    parsed = parse(text)
    return notes_of(parsed.tune.performance()) if parsed.parseable else []


def _explained(player: Player, what: What, different: list[PlayedTune]) -> list[PlayedTune]:
    """The same tunes, each with its cause."""
    left = different
    for habit in player.habits:
        respelled = [tune for tune in left if tune.avoid(habit)]
        still = {id(tune) for tune in _different(player, what, respelled)}
        for tune in respelled:
            if id(tune) not in still:
                tune.cause = habit.habit
        left = [tune for tune in left if not tune.cause]
    for tune in left:
        tune.cause = UNEXPLAINED
    return different


def _different(player: Player, what: What, tunes: Sequence[PlayedTune]) -> list[PlayedTune]:
    """The tunes of which the player does not play what we do."""
    different = []
    texts = [plain_text(tune.parsed, tune.respelled) for tune in tunes]
    for tune, theirs in zip(tunes, player.play(texts), strict=True):
        is_same = same_notes(tune.ours, theirs)
        if not is_same and not (what == "order" and same_order(tune.ours, theirs)):
            tune.difference = first_difference(tune.ours, theirs)
            different.append(tune)
    return different
