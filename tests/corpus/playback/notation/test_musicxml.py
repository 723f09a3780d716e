import xml.etree.ElementTree as ET

import pytest

from tests.support.read_back import music21_notes, written_notes
from tests.support.tunes import parse_tune
from tuneloom.corpus.playback.notation.musicxml import musicxml_bytes
from tuneloom.corpus.playback.written_files import UnwritableTune, bears_mark

HEADER = "X:1\nT:A <tune> & more\nC:Trad.\nM:4/4\nL:1/4\nK:D\n"

MUSIC = [
    "|:CD2E|1 F4:|2 G4|]",
    "A|BcdA|F3:|",  # a pickup, and a short bar at the end
    "CDEFG|C|",  # a long bar
    "A>B c<d (3efg a|{g}f2 {/e}d2|",
    "(5cdefg a3 (7ABcdefg|",
    "C4-|C2-[CE]2-|[CE]4|",
    "C5/4 D11/4|E7|C/3 D/3 E10/3|",
    "C4 & E2 F2|G4|",
    "Z2|z4|x2 C2|Z|",
    '"D"C2 "A7/C#"^C2|"^slowly"=c2 _B2|"N.C."C4|',
    "[K:Gdor]B4|\nM:3/4\nK:none\nB3|[M:6/8]c3|",
    "!trill!C !fermata!D .E ~F|(CD)(EF)|!D.C.!C4|",
    "CDEF|\nw: a-ma-zing grace\nw: how sweet * _\nCDEF|",
]


def tree(music: str) -> ET.Element:
    return ET.fromstring(musicxml_bytes(parse_tune(f"{HEADER}{music}\n")))


@pytest.mark.parametrize("music", MUSIC)
def test_music21_reads_the_notes_back(music: str) -> None:
    tune = parse_tune(f"{HEADER}{music}\n")
    assert music21_notes(musicxml_bytes(tune)) == written_notes(tune)


def test_voices_are_parts() -> None:
    tune = parse_tune("X:1\nT:\nM:2/4\nL:1/4\nK:C\nV:1\nCD|\nV:2 clef=bass\nE,2|\n")
    xml = musicxml_bytes(tune)
    assert music21_notes(xml) == written_notes(tune)
    assert [sign.text for sign in ET.fromstring(xml).iter("sign")] == ["G", "F"]


def test_title_composer_and_words_are_kept_as_text() -> None:
    root = tree(MUSIC[-1])
    assert root.findtext("work/work-title") == "A <tune> & more"
    assert root.findtext("identification/creator") == "Trad."
    first = [(t.findtext("syllabic"), t.findtext("text")) for t in root.iter("lyric")]
    assert first[:2] == [("begin", "a"), ("single", "how")]


def test_repeats_endings_and_bar_lines_are_kept() -> None:
    root = tree(MUSIC[0])
    assert [r.get("direction") for r in root.iter("repeat")] == ["forward", "backward"]
    endings = [(e.get("number"), e.get("type")) for e in root.iter("ending")]
    assert endings == [("1", "start"), ("1", "stop"), ("2", "start"), ("2", "stop")]
    assert [style.text for style in root.iter("bar-style")][-1] == "light-heavy"


def test_chord_symbols_keep_their_spelling() -> None:
    kinds = [(k.text, k.get("text")) for k in tree('"Dm7"C2"Gmaj7"D2|').iter("kind")]
    assert kinds == [("minor-seventh", "m7"), ("major-seventh", "maj7")]


@pytest.mark.parametrize(
    ("key", "fifths"), [("D", "2"), ("Edor", "2"), ("Bb", "-2"), ("none", "0")]
)
def test_the_key_is_kept(key: str, fifths: str) -> None:
    xml = musicxml_bytes(parse_tune(f"X:1\nT:\nM:4/4\nL:1/4\nK:{key}\nB4|\n"))
    assert ET.fromstring(xml).findtext(".//fifths") == fifths


def test_a_key_of_its_own_is_kept() -> None:
    xml = musicxml_bytes(parse_tune("X:1\nT:\nM:4/4\nL:1/4\nK:D exp ^f _b\nB4|\n"))
    steps = [step.text for step in ET.fromstring(xml).iter("key-step")]
    assert sorted(filter(None, steps)) == ["B", "F"]


def test_the_same_tune_gives_the_same_bytes_with_our_mark() -> None:
    first, again = (musicxml_bytes(parse_tune(f"{HEADER}{MUSIC[0]}\n")) for _ in range(2))
    assert first == again
    assert bears_mark(first)


def test_a_tune_without_music_is_a_score_too() -> None:
    assert music21_notes(musicxml_bytes(parse_tune(HEADER))) == {}


@pytest.mark.parametrize("music", ["C9999|", "Z9999|" * 3, "C|" * 20_001, "C" * 1_001, "C/257"])
def test_what_is_too_long_is_refused(music: str) -> None:
    with pytest.raises(UnwritableTune, match="more than"):
        musicxml_bytes(parse_tune(f"{HEADER}{music}\n"))


def test_characters_that_xml_does_not_have_are_replaced() -> None:
    root = ET.fromstring(
        musicxml_bytes(parse_tune('X:1\nT:A\x1b[31m\nM:4/4\nL:1/4\nK:D\n"^\x01soft"D4|\n'))
    )
    assert (root.findtext("work/work-title") or "").endswith("[31m")
    assert "\ufffdsoft" in [words.text for words in root.iter("words")]


def test_what_no_note_can_write_is_told() -> None:
    with pytest.raises(UnwritableTune, match="music21 cannot write it"):
        musicxml_bytes(parse_tune(f"{HEADER}C/8192 D|\n"))
