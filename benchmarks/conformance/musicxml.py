"""The notes, key, metre, tempo and lyrics of a MusicXML file, as it writes them: repeats are not played."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import zip_longest
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from benchmarks.conformance.readings import PeerReading, TimedPitch

__all__ = ["read_musicxml", "without_empty_end"]

_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SHARPS = "FCGDAEB"
_SIGNS = {1: "#", -1: "b", 2: "##", -2: "bb"}
_METERS = {"common": "C", "cut": "C|"}


def read_musicxml(text: str, complains: bool) -> PeerReading:
    """What a program that writes MusicXML makes of a case; raises `ElementTree.ParseError`."""
    root = ElementTree.fromstring(text)
    voices = [voice for part in root.iter("part") for voice in _voices_of(part)]
    tempo = root.find(".//sound[@tempo]")
    verses = zip_longest(*voices[0].lyrics, fillvalue="") if voices else ()
    return PeerReading(
        complains=complains,
        tracks=tuple(tuple(sorted(voice.notes)) for voice in voices if voice.notes),
        written=True,
        signature=_key_signature(root.find(".//key")),
        meter=_meter(root.find(".//time")),
        tempo=float(tempo.get("tempo", "")) if tempo is not None else None,
        lyrics=tuple(without_empty_end(verse) for verse in verses),
    )


def without_empty_end(verse: Sequence[str]) -> tuple[str, ...]:
    """The words of a verse up to the last note that has any."""
    words = max((index for index, word in enumerate(verse, start=1) if word), default=0)
    return tuple(verse[:words])


@dataclass(slots=True)
class _ReadVoice:
    """The notes of a voice so far, ties joined, and the words of each as written."""

    notes: list[TimedPitch] = field(default_factory=list)
    lyrics: list[list[str]] = field(default_factory=list)
    tied: dict[int, int] = field(default_factory=dict)  # from a pitch to its place in `notes`

    def add(self, note: Element, pitch: int, onset: float, duration: float) -> None:
        ties = {tie.get("type") for tie in note.findall("tie")}
        place = self.tied.pop(pitch, None)
        if place is None or "stop" not in ties:
            place = len(self.notes)
            self.notes.append((onset, pitch, duration))
        else:
            start, _, before = self.notes[place]
            self.notes[place] = (start, pitch, before + duration)
        if "start" in ties:
            self.tied[pitch] = place
        if note.find("chord") is None:
            self.lyrics.append([_syllable(lyric) for lyric in note.findall("lyric")])


def _voices_of(part: Element) -> list[_ReadVoice]:
    voices: dict[str, _ReadVoice] = defaultdict(_ReadVoice)
    time = onset = Fraction(0)
    divisions, transposition = 1, 0
    for element in (element for measure in part for element in measure):
        divisions = int(element.findtext("divisions", str(divisions)))
        transposition = int(element.findtext("transpose/chromatic", str(transposition)))
        duration = Fraction(element.findtext("duration", "0")) / (4 * divisions)
        if element.tag == "backup":
            time -= duration
        elif element.tag == "forward":
            time += duration
        elif element.tag == "note" and element.find("grace") is None:
            if element.find("chord") is None:
                onset, time = time, time + duration
            if element.find("pitch") is not None:
                voice = voices[element.findtext("voice", "1")]
                pitch = _pitch(element) + transposition
                voice.add(element, pitch, float(onset), float(duration))
    return list(voices.values())


def _pitch(note: Element) -> int:
    octave = int(note.findtext("pitch/octave", "0"))
    step = _STEPS[note.findtext("pitch/step", "C")]
    return 12 * (octave + 1) + step + int(float(note.findtext("pitch/alter", "0")))


def _syllable(lyric: Element) -> str:
    more = lyric.findtext("syllabic") in ("begin", "middle")
    return lyric.findtext("text", "") + ("-" if more else "")


def _key_signature(key: Element | None) -> str | None:
    if key is None:
        return None
    fifths = int(key.findtext("fifths", "0"))
    letters = _SHARPS[:fifths] if fifths >= 0 else _SHARPS[fifths:]
    altered = dict.fromkeys(letters, "#" if fifths > 0 else "b")
    for step, alter in zip(key.findall("key-step"), key.findall("key-alter"), strict=True):
        altered[step.text or ""] = _SIGNS.get(int(float(alter.text or 0)), "")
    return " ".join(sorted(letter + sign for letter, sign in altered.items() if sign))


def _meter(time: Element | None) -> str | None:
    if time is None:
        return None
    if time.find("senza-misura") is not None:
        return "none"
    symbol = time.get("symbol", "")
    beats, unit = time.findtext("beats", ""), time.findtext("beat-type", "")
    return _METERS.get(symbol, f"{beats}/{unit}")
