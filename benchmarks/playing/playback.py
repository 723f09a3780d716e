"""What is played and written of real tunes: the same notes at the same times as other programs read or play.

Of each tune, MIDI is read by symusic and compared with what is played, and MusicXML is read by music21 and
compared with the tune as written. What is played of a copy without grace notes and chord symbols is compared
with the performance, and with abc2midi; `benchmarks playing` explains where abc2midi differs. The notes of a
page are unpacked by its own script in Node, and compared with what is played. Of a few tunes the pitches of
the melody are found again in the sound by autocorrelation.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import chain, islice
from typing import Any

import numpy as np

from benchmarks.language.peers import collection_tunes
from benchmarks.playing.habits import plain_text
from benchmarks.support.heard_notes import HeardNotes, notes_of, same_notes
from benchmarks.support.midi import abc2midi_notes
from tests.support.node import run_page_scripts
from tests.support.pitch_tracking import heard_pitch
from tests.support.read_back import midi_notes, music21_notes, notes_of_midi, written_notes
from tuneloom.corpus.playback.midi import midi_bytes
from tuneloom.corpus.playback.notation.musicxml import musicxml_bytes
from tuneloom.corpus.playback.play import play
from tuneloom.corpus.playback.playback import Playback
from tuneloom.corpus.playback.wav import RATE, render
from tuneloom.corpus.playback.written_files import UnwritableTune
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.tune.elements import Tune
from tuneloom.web.sound import pack_notes

__all__ = ["main"]

COLLECTIONS = ("nottingham", "irish", "oneill", "aird", "taberna")
SOUNDS = 20  # tunes of which the sound is listened to
MIN_MIDI = 0.99  # MIDI cannot tell apart two notes of one pitch that sound at once
MIN_HEARD = 0.98  # of their notes
SHORTEST = 0.09  # seconds of a note whose pitch can be told

QUICK = ["--tunes", "20", "--sounds", "2"]


def main(arguments: Sequence[str]) -> bool:
    """Print how many tunes are equal in each comparison; False below the targets."""
    options = argparse.ArgumentParser(prog="benchmarks playback", description=__doc__)
    options.add_argument("--tunes", type=int, default=300, help="in all (default: 300)")
    options.add_argument("--sounds", type=int, default=SOUNDS, help=f"(default: {SOUNDS})")
    options.add_argument("--show", action="store_true", help="print each tune that differs")
    given = options.parse_args(arguments)
    tunes = list(_sampled_tunes(given.tunes))
    counts: Counter[str] = Counter()
    for name, parsed in tunes:
        equal = _what_is_equal(parsed)
        counts.update(what for what, is_equal in equal.items() if is_equal)
        if given.show:
            for what in (what for what, is_equal in equal.items() if not is_equal):
                print(f"    {what}: {name}")
    for what in ("MIDI", "MusicXML", "performance", "abc2midi"):
        print(f"{what}: {counts[what]} of {len(tunes)} equal")
    counts["page"] = _equal_in_page([play(parsed.tune) for _, parsed in tunes])
    print(f"page: {counts['page']} of {len(tunes)} equal")
    heard, total = _notes_heard(
        [parsed.tune for _, parsed in tunes[:: max(1, len(tunes) // given.sounds)]]
    )
    print(f"sound: {heard} of {total} notes heard, {heard / total:.2%}")
    exact = all(counts[what] == len(tunes) for what in ("MusicXML", "performance", "page"))
    return exact and counts["MIDI"] >= MIN_MIDI * len(tunes) and heard >= MIN_HEARD * total


def _sampled_tunes(count: int) -> Iterator[tuple[str, ParsedTune]]:
    """Parseable tunes with notes, as many from each collection, evenly spread."""
    for collection in COLLECTIONS:
        raws = collection_tunes(collection)
        step = max(1, len(raws) * len(COLLECTIONS) // count)
        in_turn = chain.from_iterable(raws[first::step] for first in range(step))
        yield from islice(_tunes_with_notes(in_turn), count // len(COLLECTIONS))


def _tunes_with_notes(raws: Iterable[RawTune]) -> Iterator[tuple[str, ParsedTune]]:
    for raw in raws:
        parsed = parse(raw.text)
        if parsed.parseable and parsed.tune.performance().events:
            yield f"{raw.path}:{raw.line}", parsed


def _what_is_equal(parsed: ParsedTune) -> dict[str, bool]:
    tune = parsed.tune
    playback = play(tune)
    read = midi_notes(midi_bytes(tune, playback, ""))
    text = plain_text(parsed, {})
    plain = parse(text)
    assert plain.parseable
    ours = _notes_of_playback(play(plain.tune))
    return {
        "MIDI": read == notes_of_midi(playback.notes),
        "MusicXML": _is_read_back(tune),
        "performance": ours == notes_of(plain.tune.performance()),
        "abc2midi": same_notes(ours, abc2midi_notes([text])[0]),
    }


def _notes_of_playback(playback: Playback) -> HeardNotes:
    return sorted((4 * n.onset, n.pitch, 4 * n.duration) for n in playback.notes)


def _is_read_back(tune: Tune) -> bool:
    try:
        return music21_notes(musicxml_bytes(tune)) == written_notes(tune)
    except UnwritableTune:
        return False


def _equal_in_page(playbacks: Sequence[Playback]) -> int:
    """How many have the same notes at the same seconds in a page, in the same order."""
    packed = [asdict(pack_notes(playback, lambda offset: offset)) for playback in playbacks]
    unpack = "return Promise.all(input.map(unpackSound))"
    found = run_page_scripts(["page-data.js"], unpack, packed)
    return sum(_is_same_sound(*pair) for pair in zip(playbacks, found, strict=True))


def _is_same_sound(playback: Playback, sound: dict[str, Any]) -> bool:
    whole_note = 240 / sound["tempo"]  # in seconds
    times = [(n["onset"] * whole_note, n["duration"] * whole_note) for n in sound["notes"]]
    expected = [
        (start := playback.seconds(n.onset), playback.seconds(n.end) - start)
        for n in playback.notes
    ]
    others = [(n["pitch"], n["velocity"], n["accompanies"], n["offset"]) for n in sound["notes"]]
    return others == [
        (n.pitch, n.velocity, n.is_accompaniment, n.offset) for n in playback.notes
    ] and bool(np.allclose(times, expected, rtol=0, atol=1e-6))


def _notes_heard(tunes: Sequence[Tune]) -> tuple[int, int]:
    """How many notes that sound alone have their pitch in the sound, and how many there are."""
    heard = total = 0
    for tune in tunes:
        playback = play(tune).without_accompaniment()
        sound = render(playback)
        onsets = Counter(note.onset for note in playback.notes)
        for note in playback.notes:
            start, end = (playback.seconds(at) for at in (note.onset, note.end))
            if end - start < SHORTEST or onsets[note.onset] > 1:
                continue
            middle = sound[int((start + (end - start) / 3) * RATE) : int(end * RATE)]
            total += 1
            heard += bool(np.isclose(heard_pitch(middle, RATE), note.pitch, atol=0.5))
    return heard, total
