"""Whether transposed tunes sound so many semitones higher, and as before once they are transposed back.

python -m benchmarks transposed [--quiet] [--every N] [SOURCE...]

Each tune goes up or down by 1 to 11 semitones, drawn from its text. The grammar's performance and abc2midi
say what sounds; chord symbols are left out for abc2midi, which plays them in an octave of its own.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from benchmarks.support.midi import abc2midi_notes
from benchmarks.support.real_tunes import sampled_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.canonical.equality import musically_equal, sound_alike
from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.editing.tunes.transpose_tune import transpose_tune
from tuneloom.grammar.editing.tunes.transposition import Transposition
from tuneloom.grammar.source.source_edits import FIRST_LINE
from tuneloom.grammar.tune.elements import Bar, Element, Quoted, Tune
from tuneloom.grammar.tune.pitch import natural_pitch
from tuneloom.grammar.tune.quoted import is_chord_symbol

QUICK = ["--quiet", "--every", "60"]

_CHORD_SYMBOL = re.compile(r'"[^"\n]*"')
_CHORD_NOTE = re.compile(r"(?<![a-zA-Z#])([A-Ga-g])([#b]?)")
_MOST = 11


def main(arguments: Sequence[str] = ()) -> bool:
    """Print a table; False if a tune sounds otherwise than it should."""
    sample = sampled_tunes("transposed", __doc__, arguments)
    counts: Counter[str] = Counter()
    for tune in sample.tunes:
        for what in _judged(tune):
            counts[what] += 1
            if what.startswith("not ") and not sample.quiet:
                print(f"{what}: {tune.source}/{tune.path}:{tune.line}")
    for what, count in sorted(counts.items()):
        print(f"{what:<60}{count:>8,}")
    return not any(what.startswith("not ") for what in counts)


def _judged(raw: RawTune) -> list[str]:
    header = raw.file_header
    before = parse(raw.text, FIRST_LINE, header)
    if not before.parseable:
        return []
    semitones = _drawn_semitones(raw.text)
    try:
        up = transpose_tune(before, raw.text, Transposition(semitones), header)
        moved = parse(up, FIRST_LINE, header)
        assert moved.parseable, "what is written is read again"
        back = transpose_tune(moved, up, Transposition(-semitones), header)
    except CannotEdit as reason:
        return ["parseable", f"left: {reason}"]
    again = parse(back, FIRST_LINE, header)
    assert again.parseable, "what is written is read again"
    played = _is_higher(before.tune, moved.tune, semitones)
    if musically_equal(*map(_with_plain_chords, (before.tune, again.tune))):
        returned = "musically equal once transposed back, chords by their sound"
    elif sound_alike(before.tune, again.tune):
        returned = "alike in sound once transposed back, in a key spelt otherwise"
    else:
        returned = "not alike once transposed back"
    return [
        "parseable",
        "transposed",
        _whether("so many semitones higher, according to the performance", played),
        _whether(
            "so many semitones higher, according to abc2midi", _abc2midi_agrees(raw, up, semitones)
        ),
        returned,
        *(["the same text once transposed back"] if back == raw.text else []),
    ]


def _whether(what: str, is_so: bool) -> str:
    return what if is_so else f"not {what}"


def _drawn_semitones(text: str) -> int:
    drawn = zlib.crc32(text.encode(errors="replace")) % (2 * _MOST)
    return drawn - _MOST if drawn < _MOST else drawn - _MOST + 1


def _is_higher(before: Tune, after: Tune, semitones: int) -> bool:
    wanted = tuple(
        replace(
            event,
            pitch=event.pitch + semitones,
            graces=tuple(pitch + semitones for pitch in event.graces),
        )
        for event in before.performance().events
    )
    # Notes of one time are in the order of their pitches, which a higher octave mark may not change.
    return sorted(after.performance().events, key=repr) == sorted(wanted, key=repr)


def _abc2midi_agrees(raw: RawTune, after: str, semitones: int) -> bool:
    texts = [raw.file_header + _CHORD_SYMBOL.sub("", text) for text in (raw.text, after)]
    notes, moved = abc2midi_notes(texts)
    return sorted(moved) == sorted((at, pitch + semitones, length) for at, pitch, length in notes)


def _with_plain_chords(tune: Tune) -> Tune:
    """The tune with the notes of its chord symbols spelt with sharps, as `d#` for `eb`."""
    voices = (replace(v, bars=tuple(map(_bar_with_plain_chords, v.bars))) for v in tune.voices)
    return replace(tune, voices=tuple(voices))


def _bar_with_plain_chords(bar: Bar) -> Bar:
    return replace(bar, elements=tuple(map(_with_plain_chord, bar.elements)))


def _with_plain_chord(element: Element) -> Element:
    if not isinstance(element, Quoted) or not is_chord_symbol(element.text):
        return element
    return Quoted(_CHORD_NOTE.sub(lambda note: str(_chord_pitch(*note.groups())), element.text))


def _chord_pitch(letter: str, sign: str) -> int:
    return (natural_pitch(letter.upper(), 4) + {"#": 1, "b": -1}.get(sign, 0)) % 12
