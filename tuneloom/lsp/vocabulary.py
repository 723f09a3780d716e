"""The words of ABC that an editor explains and completes: fields, decorations, modes, common values."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["COMMON_VALUES", "DECORATIONS", "FIELDS", "MODE_NAMES", "FieldWord"]


class FieldWord(NamedTuple):
    """What a field says, with an example, and whether it may be in the body (section 3)."""

    meaning: str
    example: str
    in_body: bool = False


FIELDS = {
    "A": FieldWord("area: where the tune is from, more exactly than O:", "A:Donegal"),
    "B": FieldWord("book: where the tune was printed", "B:O'Neill's"),
    "C": FieldWord("composer", "C:Trad."),
    "D": FieldWord("discography: a recording", "D:Chieftains IV"),
    "F": FieldWord("address of a file on the web", "F:https://example.org/tune.abc"),
    "G": FieldWord("group of tunes, such as an instrument", "G:flute"),
    "H": FieldWord("history: what is told of the tune", "H:This tune said to …"),
    "I": FieldWord("instruction to programs", "I:linebreak $", True),
    "K": FieldWord("key; the first one ends the header", "K:Dmix", True),
    "L": FieldWord("unit note length: what `A` lasts", "L:1/8", True),
    "M": FieldWord("metre", "M:6/8", True),
    "N": FieldWord("notes: anything that fits no other field", "N:see also O'Neill's 234", True),
    "O": FieldWord("origin: the country or region", "O:Ireland; Donegal"),
    "P": FieldWord("parts: their order in the header, their beginnings in the body", "P:AABB", True),
    "Q": FieldWord("tempo: so many beats a minute", "Q:3/8=120", True),
    "R": FieldWord("rhythm: the kind of tune", "R:jig", True),
    "S": FieldWord("source: who the tune was learnt from", "S:collected in Brittany"),
    "T": FieldWord("title; further ones are other names", "T:The Kesh", True),
    "U": FieldWord("a letter of one's own for a decoration", "U:T = !trill!", True),
    "V": FieldWord("voice: its name, and its clef and the like", "V:1 clef=bass", True),
    "W": FieldWord("words, printed after the tune", "W:Lyrics after the tune", True),
    "X": FieldWord("number of the tune in its file, with which it begins", "X:1"),
    "Z": FieldWord("transcription: who typed it, and whose it is", "Z:A. N. Other"),
    "m": FieldWord("macro", "m: ~n2 = (3o/n/m/ n", True),
    "r": FieldWord("remark, which programs ignore", "r:check this bar", True),
    "s": FieldWord("symbols, each under a note of the line before", "s:!pp! * *", True),
    "w": FieldWord("words, a syllable for each note of the line before", "w:Are you sleep-ing", True),
}  # fmt: skip

# 4.14 The decorations of ABC 2.1.
DECORATIONS = {
    "trill": "a trill, until the next note of the scale above", "trill(": "a longer trill begins",
    "trill)": "a longer trill ends", "lowermordent": "a short trill with the note below",
    "uppermordent": "a short trill with the note above", "mordent": "as lowermordent",
    "pralltriller": "as uppermordent", "roll": "an Irish roll", "turn": "a turn",
    "turnx": "a turn, with a line through it", "invertedturn": "a turn from below",
    "invertedturnx": "a turn from below, with a line through it",
    "arpeggio": "the notes of a chord one after the other", ">": "an accent", "accent": "an accent",
    "emphasis": "an accent", "fermata": "hold the note", "invertedfermata": "hold the note, written below",
    "tenuto": "hold the note for its full time", "0": "fingering: open string", "1": "fingering: first",
    "2": "fingering: second", "3": "fingering: third", "4": "fingering: fourth", "5": "fingering: fifth",
    "+": "left hand pizzicato, or a rasp for French horns", "plus": "as +",
    "snap": "snap pizzicato", "slide": "slide up to the note", "wedge": "very short",
    "upbow": "bow up", "downbow": "bow down", "open": "an open string, or a natural harmonic",
    "thumb": "thumb position of a cello", "breath": "take a breath", "pppp": "dynamics: softest",
    "ppp": "dynamics: very, very soft", "pp": "dynamics: very soft", "p": "dynamics: soft",
    "mp": "dynamics: rather soft", "mf": "dynamics: rather loud", "f": "dynamics: loud",
    "ff": "dynamics: very loud", "fff": "dynamics: very, very loud", "ffff": "dynamics: loudest",
    "sfz": "dynamics: suddenly loud", "crescendo(": "louder from here on", "<(": "louder from here on",
    "crescendo)": "the crescendo ends", "<)": "the crescendo ends", "diminuendo(": "softer from here on",
    ">(": "softer from here on", "diminuendo)": "the diminuendo ends", ">)": "the diminuendo ends",
    "segno": "the sign that D.S. goes back to", "coda": "the sign from which the coda is played",
    "D.S.": "go back to the sign", "D.C.": "go back to the beginning",
    "dacoda": "go to the coda, in da capo", "dacapo": "go back to the beginning",
    "D.C.alcoda": "back to the beginning, then to the coda",
    "D.C.alfine": "back to the beginning, until fine",
    "D.S.alcoda": "back to the sign, then to the coda", "D.S.alfine": "back to the sign, until fine",
    "fine": "the end, after a da capo or dal segno", "shortphrase": "a short line at the end of a phrase",
    "mediumphrase": "a longer line at the end of a phrase",
    "longphrase": "a long line at the end of a phrase", "staccato": "short",
}  # fmt: skip

MODE_NAMES = {
    "maj": "major", "ion": "ionian", "mix": "mixolydian", "dor": "dorian", "min": "minor", "aeo": "aeolian",
    "phr": "phrygian", "loc": "locrian", "lyd": "lydian", "exp": "explicit accidentals",
}  # fmt: skip

_KEYS = (
    "D", "G", "A", "C", "F", "Bb", "E", "Eb", "Am", "Em", "Bm", "Dm", "Gm", "F#m", "Ador", "Edor", "Ddor",
    "Bdor", "Gdor", "Amix", "Dmix", "Emix", "Gmix", "HP", "none",
)  # fmt: skip
COMMON_VALUES = {
    "K": _KEYS,
    "M": ("4/4", "6/8", "2/4", "3/4", "9/8", "2/2", "12/8", "3/2", "C", "C|", "none"),
    "L": ("1/8", "1/4", "1/16"),
    "Q": ("1/4=120", "3/8=110", "1/2=100"),
    "R": ("jig", "reel", "hornpipe", "polka", "waltz", "slip jig", "march", "air"),
}
"""Values that many tunes have, the most common ones first."""
