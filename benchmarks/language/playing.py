"""Playing order and sounding events compared with abc2midi, tune by tune.

The order is compared on tunes with repeats and endings, as the pitches in the order of their onsets; the
events on all tunes, as onsets and pitches. abc2midi reads a copy without what it plays in a way of its own
(grace notes, ornaments, chord symbols) and without text. Where the two differ, the copy is respelled so
that it means the same but avoids one habit of abc2midi after the other, and compared again: the habit
that makes both equal explains the difference.
"""

from __future__ import annotations

import argparse
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from benchmarks.language.peers import collection_tunes
from benchmarks.support.abc2midi_habits import HABITS, plain_text
from benchmarks.support.midi import midi_notes
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.parsing.result import ParsedTune

__all__ = ["PlayingComparison", "main"]

ORDER_COLLECTIONS = ("nottingham", "oneill", "ryan")
EVENT_COLLECTIONS = ("nottingham", "irish", "oneill", "aird", "taberna")
MIN_ORDER, MIN_EVENTS = 0.98, 0.995

UNEXPLAINED = "unexplained"

QUICK = ["--tunes", "30"]

# (onset in quarter notes, pitch), in order
Onsets = list[tuple[Fraction, int]]

_TOLERANCE = Fraction(1, 14)  # of a quarter note: abc2midi counts in ticks


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
        tunes = [t for t in _parsed(collection) if _has_endings(t[1])]
        count = max(1, 300 * given.tunes // 1000)
        reached &= _compare("order", collection, _sample(tunes, count), MIN_ORDER, given.show)
    for collection in EVENT_COLLECTIONS:
        tunes = _sample(list(_parsed(collection)), given.tunes)
        reached &= _compare("events", collection, tunes, MIN_EVENTS, given.show)
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
    what: str,
    collection: str,
    tunes: Sequence[tuple[RawTune, ParsedTune]],
    target: float,
    show: bool,
) -> bool:
    causes: Counter[str] = Counter()
    for raw, parsed in tunes:
        comparison = PlayingComparison(parsed, order_only=what == "order")
        cause = comparison.cause()
        if cause is not None:
            causes[cause] += 1
            if show:
                print(f"    {cause}: {raw.path}:{raw.line} {comparison.difference}")
    count = len(tunes)
    as_found, explained = count - causes.total(), count - causes[UNEXPLAINED]
    print(f"{what:<7} {collection:<11} {count:>5} tunes, equal: {as_found / count:7.2%} as found,")
    print(f"        {explained / count:7.2%} with one spelling for each habit of abc2midi:")
    for cause, number in causes.most_common():
        print(f"        {number:>5}  {cause}")
    return explained / count >= target


@dataclass(slots=True)
class PlayingComparison:
    """What we and abc2midi play of a tune; `difference` describes the first one that is left."""

    parsed: ParsedTune
    order_only: bool
    difference: str = ""

    def cause(self) -> str | None:
        """Why they differ, None if they do not: the habit whose avoidance makes them equal."""
        respelled: dict[int, str] = {}
        if self._is_equal(respelled, self.parsed):
            return None
        without_jumps = parse(plain_text(self.parsed, {}))
        if without_jumps.parseable and self._is_equal(respelled, without_jumps):
            return "jumps such as D.C. are not followed"
        ours = without_jumps if without_jumps.parseable else self.parsed
        for habit in HABITS:
            more = habit.respell(self.parsed)
            if more:
                respelled.update(more)
                if habit.is_heard:
                    heard = parse(plain_text(self.parsed, respelled))
                    ours = heard if heard.parseable else ours
                if self._is_equal(respelled, ours):
                    return habit.habit
        return UNEXPLAINED

    def _is_equal(self, respelled: Mapping[int, str], played: ParsedTune) -> bool:
        ours = sorted((4 * e.onset, e.pitch) for e in played.tune.performance().events)
        tracks = midi_notes(plain_text(self.parsed, respelled)) or []
        theirs = _snapped(((at, pitch) for track in tracks for at, _, pitch in track), ours)
        if self.order_only and [pitch for _, pitch in ours] == [pitch for _, pitch in theirs]:
            return True
        if _are_close(ours, theirs):
            return True
        self.difference = _first_other_event(ours, theirs)
        return False


def _snapped(theirs: Iterable[tuple[Fraction, int]], ours: Onsets) -> Onsets:
    """abc2midi's onsets, with those that are a few ticks off set right, in order."""
    known = [onset for onset, _ in ours]
    result: Onsets = []
    for onset, pitch in theirs:
        index = bisect_left(known, onset)
        near = [at for at in known[max(0, index - 1) : index + 1] if abs(at - onset) < _TOLERANCE]
        result.append((min(near, key=lambda at: abs(at - onset)) if near else onset, pitch))
    return sorted(result)


def _are_close(ours: Onsets, theirs: Onsets) -> bool:
    return len(ours) == len(theirs) and all(
        pitch == other and abs(onset - at) < _TOLERANCE
        for (onset, pitch), (at, other) in zip(ours, theirs, strict=True)
    )


def _first_other_event(ours: Onsets, theirs: Onsets) -> str:
    pairs = enumerate(zip(ours, theirs, strict=False))
    index = next(
        (i for i, (a, b) in pairs if not _are_close([a], [b])), min(len(ours), len(theirs))
    )
    shown = [
        " ".join(f"{float(onset):g}:{pitch}" for onset, pitch in events[index : index + 4])
        for events in (ours, theirs)
    ]
    return f"event {index} of {len(ours)}: {shown[0]} | {len(theirs)}: {shown[1]}"
