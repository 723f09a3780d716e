"""The pitches of a tune are moved, and nothing else is."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tunes import parse_tune
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.editing.tunes.transpose_tune import transpose_tune
from tuneloom.grammar.editing.tunes.transposition import Transposition
from tuneloom.grammar.source.source_edits import FIRST_LINE

HEADER = "X:1\nT:A Bad Cabbage\nM:4/4\nL:1/8\n"


def transposed(text: str, semitones: int, file_header: str = "") -> str:
    parsed = parse(text, FIRST_LINE, file_header)
    assert parsed.parseable
    return transpose_tune(parsed, text, Transposition(semitones), file_header)


def pitches(text: str) -> list[int]:
    return [event.pitch for event in parse_tune(text).performance().events]


@pytest.mark.parametrize(
    ("key", "music", "semitones", "new_key", "new_music"),
    [
        ("D", "A,2 C c' c,,|", 2, "E", "B,2 D d' D,|"),
        ("D", "=c ^c ^^f _b __e|", 2, "E", "=d ^d ^^g =c' _f|"),
        ("C", "c ^c =c c|", 7, "G", "g ^g =g g|"),
        ("C", "^f ^f f|", 1, "Db", "=g =g g|"),
        ("D", "{/ge}[Ac]2- [A2c2] (3ABc A>B|", -2, "C", "{/fd}[GB]2- [G2B2] (3GAB G>A|"),
        ("Am", '"Am7/E"A "D(G)"B "^A"c "Fine"d|', 3, "Cm", '"Cm7/G"c "F(Bb)"d "^A"e "Fine"f|'),
        ("G", '["Em"GB]"C#dim/e"[GB] "Bb"c|', 2, "A", '["F#m"Ac]"D#dim/f#"[Ac] "C"d|'),
        (
            "D",
            "A!trill!B .c ~d uA|A[K:Em]B [M:3/4]A|",
            1,
            "Eb",
            "B!trill!c .d ~e uB|B[K:Fm]c [M:3/4]B|",
        ),
    ],
)
def test_notes_keys_and_chord_symbols_are_moved(
    key: str, music: str, semitones: int, new_key: str, new_music: str
) -> None:
    after = transposed(f"{HEADER}K:{key}\n{music}\n", semitones)
    assert after == f"{HEADER}K:{new_key}\n{new_music}\n"


def test_everything_else_stays() -> None:
    text = (
        "X:1\nT:A Bag of Dance\nC:G. Abe\nK:D % A key\n%%MIDI gchord fcd\nABc|% A comment\n"
        'w:A bad~deed\nP:A\nABc\\\n%A\ndef|\nW: A face\ns: !f! "Am" "^A"\n'
    )
    lines, after = text.split("\n"), transposed(text, 2).split("\n")
    assert [new for old, new in zip(lines, after, strict=True) if old != new] == [
        "K:E % A key", "Bcd|% A comment", "Bcd\\", "efg|", 's: !f! "Bm" "^A"',
    ]  # fmt: skip


def test_three_accidentals_are_spelt_as_another_note_and_so_is_what_depends_on_them() -> None:
    text = f"{HEADER}K:C\n^^B B c|B __c c|\n"
    assert transposed(text, -1) == f"{HEADER}K:B\n=c =c B|A __B B|\n"


def test_a_tie_over_a_change_of_key_that_is_spelt_otherwise_holds() -> None:
    text = f"{HEADER}K:B\nA4-|[K:Eb]^A4|\n"
    after = transposed(text, 1)
    assert "K:C\n" in after
    assert "[K:E]" in after
    assert pitches(after) == [pitch + 1 for pitch in pitches(text)]


@pytest.mark.parametrize("scope", ["not", "octave", "pitch"])
def test_accidentals_hold_for_what_the_tune_says(scope: str) -> None:
    text = f"{HEADER}%%propagate-accidentals {scope}\nK:C\n^^c c C ^^C|^b b B __F F|\n"
    for semitones in range(-7, 8):
        after = transposed(text, semitones)
        assert pitches(after) == [pitch + semitones for pitch in pitches(text)]


def test_percussion_stays_and_clefs_that_transpose_stay_too() -> None:
    text = "X:1\nV:1 clef=treble-8\nV:2 clef=perc\nK:G\nV:1\nFGA|\nV:2\nFGA|\n"
    assert transposed(text, 2) == (
        "X:1\nV:1 clef=treble-8\nV:2 clef=perc\nK:A\nV:1\nGAB|\nV:2\nF=GA|\n"
    )
    assert transposed("X:1\nK:D clef=perc\nF|\n", 2) == "X:1\nK:D clef=perc\nF|\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("X:1\nm:~n3=n{o}nn\nK:D\n~G3|\n", "macros"),
        ('X:1\nU:V="Am"\nK:D\nVA|\n', "Am is not written where it is read"),
        ("X:1\nK:D\nA[K:none]B|\n", "K:none is no key"),
        ("X:1\nK:D\nA[K:HP]B|\n", "bagpipe"),
        ("X:1\nK:D\nA''''''|\n", "outside the range of MIDI"),
    ],
)
def test_a_tune_that_cannot_be_moved_as_a_whole_is_refused(text: str, reason: str) -> None:
    with pytest.raises(CannotEdit, match=reason):
        transposed(text, 3)


def test_a_tune_of_a_file_header_is_read_with_it() -> None:
    assert transposed("X:1\nK:D\nABc|\n", 2, "L:1/8\n") == "X:1\nK:E\nBcd|\n"


_SIGNS = st.lists(
    st.sampled_from(
        [
            "C",
            "^F",
            "=c",
            "__b",
            "^^d'",
            "_E,",
            "{^g}A",
            "[Ce^g]",
            "c-c",
            "|",
            "[K:Eb]",
            "[K:F#m]",
            "(3ABc",
            "&",
        ]
    ),
    min_size=1,
    max_size=20,
)


@settings(deadline=None)
@given(_SIGNS, st.sampled_from(["C", "Ebm", "F#", "D dor ^g"]), st.integers(-13, 13))
def test_any_music_sounds_so_many_semitones_higher(
    signs: list[str], key: str, semitones: int
) -> None:
    text = f"X:1\nL:1/8\nK:{key}\n{' '.join(signs)}|\n"
    parsed = parse(text)
    if not parsed.parseable:
        return
    after = transposed(text, semitones)
    assert sorted(pitches(after)) == sorted(pitch + semitones for pitch in pitches(text))


@pytest.mark.parametrize("collection", ["nottingham/ABC_cleaned", "irish"])
def test_real_tunes_go_up_and_come_back(
    real_tunes: Callable[[str], list[RawTune]], collection: str
) -> None:
    for number, tune in enumerate(real_tunes(collection)[::80]):
        before = parse(tune.text, file_header=tune.file_header)
        if not before.parseable:
            continue
        semitones = number % 23 - 11
        up = transposed(tune.text, semitones, tune.file_header)
        events = parse_tune(up, tune.file_header).performance().events
        heard = sorted(event.pitch - semitones for event in events)
        assert heard == sorted(event.pitch for event in before.tune.performance().events)
        back = parse_tune(transposed(up, -semitones, tune.file_header), tune.file_header)
        assert musically_equal(before.tune, back)
