"""The words of w: lines find their notes (section 5)."""

from __future__ import annotations

import pytest

from tuneloom.grammar import Tune, parse
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.checking.levels import own_codes
from tuneloom.grammar.tune.lyrics import Syllable, Verse

HEADER = "X:1\nT:T\nM:4/4\nL:1/4\nK:C\n"


def tune_of(body: str) -> Tune:
    parsed = parse(HEADER + body)
    assert parsed.parseable, parsed.diagnostics
    return parsed.tune


def verses(body: str) -> list[tuple[int, int, str]]:
    """Number, first note and words of each verse; `.` where a note has no text."""
    [voice] = tune_of(body).voices
    return [shown(verse) for verse in voice.verses]


def shown(verse: Verse) -> tuple[int, int, str]:
    return verse.number, verse.first_note, " ".join(text or "." for text in verse.texts)


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ("one two three four", ("one", "two", "three", "four")),
        ("hap-py birth-day", ("hap-", "py", "birth-", "day")),
        ("time__ is", ("time", "", "", "is")),
        ("of~the * day", ("of the", "", "day")),
        ("a | b", ("a", "", "b")),
        ("| a", ("", "", "a")),
        ("a b | c", ("a", "b", "c")),
        ("a b || c", ("a", "b", "", "")),
        ("x\\-y z", ("x-y", "z")),
        ("one two - three", ("one", "two-", "", "three")),
        ("syll-a -ble", ("syll-", "a-", "", "ble")),
        ("syll-a--ble", ("syll-", "a-", "", "ble")),
        ("- a", ("", "a")),
        ("more words than there are notes", ("more", "words", "than", "there")),
    ],
)
def test_the_syllables_of_a_verse_find_their_notes(words: str, texts: tuple[str, ...]) -> None:
    [voice] = tune_of(f"z A B|[ce]2 {{d}}c|\nw:{words}\n").voices
    [verse] = voice.verses
    assert (verse.number, verse.first_note, verse.texts) == (1, 0, texts)


def test_verses_are_adjacent_lines_and_begin_at_the_same_note() -> None:
    assert verses("AB|\nw:one two\nw:three four\ncd|\nw:five six\n") == [
        (1, 0, "one two"), (2, 0, "three four"), (1, 2, "five six"),
    ]  # fmt: skip
    assert verses("AB|\nw:a b\n% no word\nN:none\nw:c d\n") == [(1, 0, "a b"), (2, 0, "c d")]


@pytest.mark.parametrize(
    "music",
    ["CDEF|\nGABc|]", "CDEF|\\\nGABc|]", "C D\\\nM:4/4\nE F|\nGABc|]", "CD\n[K:G]EF|G\nN:x\nABc|]"],
)
def test_words_run_over_the_lines_of_music_that_have_none_yet(music: str) -> None:
    assert verses(f"{music}\nw:a b c d e f g h\n") == [(1, 0, "a b c d e f g h")]
    assert verses(f"{music}\nw:a b c d e f\nw:1 2 3 4 5 6 7 8\n") == [
        (1, 0, "a b c d e f"), (2, 0, "1 2 3 4 5 6 7 8"),
    ]  # fmt: skip


def test_a_line_of_words_covers_all_notes_before_it_even_without_any_word() -> None:
    music = "CDEF|\nw:doh re mi fa\nGGGG|\nw:\nFEFC|\nw:fa mi re doh\n"
    assert verses(music) == [(1, 0, "doh re mi fa"), (1, 4, ""), (1, 8, "fa mi re doh")]
    assert verses("CDEF|\nw:one\nGABc|\nw:two\n") == [(1, 0, "one"), (1, 4, "two")]


@pytest.mark.parametrize(
    ("music", "words", "texts"),
    [
        ("CDEF|GABc|]", "|a b", ". . . . a b"),
        ("CDEF|GABc|defg|]", "||a b", ". . . . . . . . a b"),
        ("|:CDEF|GABc:|", "|a", ". . . . a"),  # the bar line before the first note ends no bar
        ("|:CDEF|\n|GABc|c4:|", "a||b", "a . . . . . . . b"),
        ("z4|CDEF|GABc|]", "|a b", "a b"),  # a bar of rests is a bar
        ("CDEF|z4|GABc|]", "a||b", "a . . . b"),
        ("CDEF|Z2|GABc|]", "a|b", "a . . . b"),
        ("CD|EFGA|]", "a b|c|d", "a b c . . ."),
        ("CDEF|GABc|]", "a b c d|e", "a b c d e"),
        ("CDEF|GABc|]", "a b c d e|f", "a b c d e . . ."),
    ],
)
def test_a_bar_in_the_words_advances_to_the_next_bar(music: str, words: str, texts: str) -> None:
    assert verses(f"{music}\nw:{words}\n") == [(1, 0, texts)]


def test_words_that_begin_inside_a_bar_advance_from_there() -> None:
    assert verses("CD\nw:a b\nEF|GA|\nw:|c\n") == [(1, 0, "a b"), (1, 2, ". . c")]


def test_chords_count_once_tied_notes_twice_and_grace_notes_and_rests_not_at_all() -> None:
    assert verses("{gf}C-C z [EG]2-|[EG]2 x2 Z y {a}(AB)|\nw:a b c d e f\n") == [
        (1, 0, "a b c d e f")
    ]


def test_words_go_with_the_notes_of_an_overlay_in_the_order_of_the_source() -> None:
    """The example of section 7.4."""
    music = "g2 f2|e2 e2|\n&&(d4|c2) c2|\nw:ha-la-| lu-yoh\n+:lu-   |   -yoh\n"
    assert verses(music) == [(1, 0, "ha- la- lu- yoh lu- . yoh")]


@pytest.mark.parametrize(
    "words",
    [
        "w:ga ba \\\nfa ma da ka|\n",
        "w:ga ba\\\n   fa ma \\ % goes on\n% between\nda ka|\n",
        "w:ga ba\n+:fa ma \\\nda ka|\n",
        "w:ga ba \\\n+:fa ma da ka|\n",
    ],
)
def test_words_that_a_backslash_continues_are_no_music(words: str) -> None:
    assert verses("CDEF|GABc|\n" + words + "CDEF|\nw:x\n") == [
        (1, 0, "ga ba fa ma da ka"), (1, 8, "x"),
    ]  # fmt: skip


def test_words_belong_to_the_voice_that_they_are_written_in() -> None:
    voices = tune_of(
        "[V:1]CDEF|\nw:a b c d\n[V:2]C,D,E,F,|\nw:e f g h\nw:i j\n[V:1]GABc|\n[V:2]G,4|\nw:k\n"
        "V:1\ncdef|\nw:l m n o p\n"
    ).voices
    assert [[shown(verse) for verse in voice.verses] for voice in voices] == [
        [(1, 0, "a b c d"), (1, 4, "l m n o p")],
        [(1, 0, "e f g h"), (2, 0, "i j"), (1, 4, "k")],
    ]


def test_a_syllable_says_whether_it_is_held_skipped_or_goes_on() -> None:
    [voice] = tune_of("CDEF GABc|\nw:a-men_ * - so~be \\-it\n").voices
    assert voice.verses[0].syllables == (
        Syllable("a", is_hyphenated=True),
        Syllable("men"),
        Syllable("", is_held=True),
        Syllable("", is_skipped=True),
        Syllable("", is_hyphenated=True),
        Syllable("so be"),
        Syllable("-it"),
    )


def test_a_verse_may_begin_with_the_number_of_its_stanza() -> None:
    [voice] = tune_of("CDEF|\nw:1.~Three blind mice\nw:2.~See how they\nw:no number\n").voices
    assert [verse.stanza for verse in voice.verses] == ["1.", "2.", ""]
    assert voice.verses[0].texts == ("1. Three", "blind", "mice")


def lost(body: str) -> list[tuple[int, int, str]]:
    found = check_tune(HEADER + body, codes=own_codes("sound"))
    return [(d.line, d.column, d.message.partition(" than")[0]) for d in found]


@pytest.mark.parametrize(
    "body",
    [
        "CDEF|\nGABc|]\nw:a b c d e f g h\n",
        "CDEF|GABc|]\nw:a b *\n",
        "CDEF|GABc|]\nw:a|b|\n",
        "CDEF|\nw:a b c d * * *\n",
        "CD\\\nM:3/4\nEF|\nw:a b c d\nw:e f g h\n",
    ],
)
def test_words_with_enough_notes_are_sound(body: str) -> None:
    assert lost(body) == []


def test_words_without_notes_are_found_where_they_are() -> None:
    assert lost("CDEF|\nw:a b c d e\n") == [(7, 1, "1 more syllable")]
    assert lost("CDEF|\nw:a - b - c d -\n") == [(7, 1, "3 more syllables")]
    assert lost("CDEF|GABc|\nw:||a b\n") == [(7, 1, "2 more syllables")]
    assert lost("[V:1]CDEF|\n[V:2]C4|\nw:x y\nV:1\nC4|\nw:a b c d e f g\n") == [
        (8, 1, "1 more syllable"), (11, 1, "2 more syllables"),
    ]  # fmt: skip
