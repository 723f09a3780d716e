"""Plays a tune: finds its bars in playing order, and the notes that sound.

docs/performance.md says what is decided where the standard leaves it open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct, field
from msgspec.structs import replace

from tuneloom.grammar.performance.part_order import expand_order
from tuneloom.grammar.performance.part_signs import share_parts, split_bars_at_parts
from tuneloom.grammar.performance.play_signs import PlaySigns, play_signs, share_signs
from tuneloom.grammar.performance.playing_order import played_bars
from tuneloom.grammar.performance.sounding_events import (
    BarContext,
    VoicePlayer,
    bar_contexts,
)
from tuneloom.grammar.tune.elements import Tune, Voice
from tuneloom.grammar.tune.performance import Performance, PlayedBar

__all__ = ["MAX_PLAYED_BARS", "MAX_PLAYED_ELEMENTS", "perform_tune"]

MAX_PLAYED_BARS = 20_000
"""How many bars are played at most, all voices together."""

MAX_PLAYED_ELEMENTS = 300_000
"""How many elements the played bars hold at most; a tune that can be parsed has fewer as written."""

# A short tune may be played for some time, and any for as many times as long as it is written.
_FREE_BARS, _FREE_ELEMENTS, _MAX_TIMES = 500, 5_000, 32
_MAX_DENOMINATOR = 2**256  # onsets of real tunes need fewer than 20 bits


def perform_tune(tune: Tune) -> Performance:
    """Play a tune, up to the limits. Repeats, parts and jumps are followed in each voice for itself."""
    return _Player(tune).perform()


class _Player(Struct):
    """Plays the voices part by part, so that a part begins in all of them at the same time."""

    tune: Tune
    bars_left: int = 0
    elements_left: int = 0
    complete: bool = True
    voices: list[Voice] = field(default_factory=list)
    origins: list[list[int]] = field(default_factory=list)
    players: list[VoicePlayer] = field(default_factory=list)
    bars: list[list[PlayedBar]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Set the limits: a short text must not make a long performance."""
        written = [len(bar.elements) for voice in self.tune.voices for bar in voice.bars]
        bars, elements = _MAX_TIMES * len(written), _MAX_TIMES * sum(written)
        self.bars_left = min(MAX_PLAYED_BARS, _FREE_BARS + bars)
        self.elements_left = min(MAX_PLAYED_ELEMENTS, _FREE_ELEMENTS + elements)

    def perform(self) -> Performance:
        self._split_bars()
        signs = [play_signs(voice) for voice in self.voices]
        share_signs(signs)
        share_parts(self.voices, signs)
        self.players = [
            VoicePlayer(index, self.tune.unit_note_length) for index in range(len(signs))
        ]
        self.bars = [[] for _ in signs]
        contexts = []
        first_note = 0
        for voice in self.voices:
            found, first_note = bar_contexts(voice, self.tune.meter, first_note)
            contexts.append(found)
        for part in self._parts(signs):
            onset = max(player.now for player in self.players)
            for index, order in part.items():
                self.players[index].start_at(onset)
                self._play_bars(index, order, contexts[index])
            if not self.complete:
                break
        events = chain.from_iterable(player.events for player in self.players)
        in_order = sorted(events, key=lambda event: (event.onset, event.voice, event.pitch))
        chords = chain.from_iterable(player.chords for player in self.players)
        tempos = chain.from_iterable(player.tempos for player in self.players)
        return Performance(
            tuple(map(tuple, self.bars)),
            tuple(in_order),
            self.complete,
            tuple(sorted(chords, key=lambda change: (change.onset, change.voice))),
            tuple(sorted(tempos, key=lambda change: (change.onset, change.voice))),
        )

    def _split_bars(self) -> None:
        """Split bars at parts, but not in a score, whose voices must stay bar by bar together."""
        self.voices = list(self.tune.voices)
        self.origins = [list(range(len(voice.bars))) for voice in self.voices]
        if len(self.voices) == 1:
            self.voices[0], self.origins[0] = split_bars_at_parts(self.voices[0])

    def _parts(self, signs: Sequence[Sequence[PlaySigns]]) -> Iterator[dict[int, Iterator[int]]]:
        """For each part in order the bars of each voice in it; without an order, the tune is one part."""
        labels = {sign.part for voice in signs for sign in voice if sign.part}
        order = expand_order(self.tune.field("P"), labels)
        self.complete = order.complete
        if not order.labels:
            yield {index: _order_of(voice) for index, voice in enumerate(signs)}
            return
        voices = {index: _split_parts(voice) for index, voice in enumerate(signs)}
        yield {index: _order_of(parts[""][0]) for index, parts in voices.items() if "" in parts}
        times = dict.fromkeys(labels, 0)
        for label in order.labels:
            time = times[label]
            times[label] += 1
            yield {
                index: _order_of(parts[label][min(time, len(parts[label]) - 1)])
                for index, parts in voices.items()
                if label in parts
            }

    def _play_bars(self, voice: int, order: Iterator[int], contexts: Sequence[BarContext]) -> None:
        player, bars, origins = self.players[voice], self.voices[voice].bars, self.origins[voice]
        last = -1
        for index in order:
            elements = bars[index].elements
            self.bars_left -= 1
            self.elements_left -= len(elements)
            exact = player.now.denominator < _MAX_DENOMINATOR
            if self.bars_left < 0 or self.elements_left < 0 or not exact:
                self.complete = False
                return
            if index < last:
                player.forget_layers()
            last = index
            onset = player.now
            player.play(elements, contexts[index])
            duration, meter = player.now - onset, contexts[index].meter
            self.bars[voice].append(PlayedBar(voice, origins[index], onset, duration, meter))


def _order_of(signs: Sequence[PlaySigns]) -> Iterator[int]:
    return (signs[position].bar for position in played_bars(signs))


def _split_parts(signs: Sequence[PlaySigns]) -> dict[str, list[list[PlaySigns]]]:
    """The signs of each part by its label, which may begin several; what precedes them has none.

    Jumps are left out: where an order is given, it says what is played again.
    """
    parts: dict[str, list[list[PlaySigns]]] = {}
    label = ""
    for position, sign in enumerate(signs):
        if sign.part or position == 0:
            label = sign.part
            parts.setdefault(label, []).append([])
        parts[label][-1].append(replace(sign, jump=""))
    return parts
