"""Each note knows what belongs to it: symbols, grace notes, words, tuplets, ties and slurs."""

from __future__ import annotations

import pytest

from tuneloom.grammar import parse
from tuneloom.grammar.tune.elements import Decoration, Note, Rest, Tuplet
from tuneloom.grammar.tune.note_context import NoteContext
from tuneloom.grammar.tune.quoted import Annotation, ChordSymbol


def notes_of(body: str) -> tuple[NoteContext, ...]:
    parsed = parse(f"X:1\nT:T\nM:4/4\nL:1/4\nK:C\n{body}\n")
    assert parsed.parseable, parsed.diagnostics
    return parsed.tune.voices[0].notes()


def names(contexts: tuple[NoteContext, ...]) -> list[str]:
    return [" ".join(each.name for each in context.decorations) for context in contexts]


def test_notes_chords_and_rests_are_there_with_their_places() -> None:
    contexts = notes_of("C z|[CE] Z|")
    assert [(type(c.element).__name__, c.bar, c.index) for c in contexts] == [
        ("Note", 0, 0), ("Rest", 0, 2), ("Chord", 1, 0), ("MultiRest", 1, 2),
    ]  # fmt: skip


def test_symbols_and_grace_notes_belong_to_the_note_after_them() -> None:
    first, second, third = notes_of('"Am7/G""^slow".~{g}C2 "D"z !trill![!fermata!CE]|')
    assert first.chord_symbols == (ChordSymbol("A", "m7", "G"),)
    assert first.annotations == (Annotation("slow", "above"),)
    assert first.decorations == (Decoration("staccato"), Decoration("roll"))
    assert [grace.letter for grace in first.grace if isinstance(grace, Note)] == ["G"]
    assert isinstance(second.element, Rest)
    assert second.chord_symbols == (ChordSymbol("D"),)
    assert third.decorations == (Decoration("trill"), Decoration("fermata"))
    assert (second.grace, second.decorations, third.chord_symbols) == ((), (), ())


def test_a_decoration_before_a_bar_line_belongs_to_no_note() -> None:
    assert names(notes_of("C!fine!|TD|")) == ["", "trill"]


def test_a_symbol_line_adds_to_its_notes() -> None:
    contexts = notes_of('CDz|EF|G\ns:"^slow" u | !f! ** !fff!\ns:* "Am"')
    assert names(contexts) == ["", "upbow", "", "f", "", ""]
    assert contexts[0].annotations == (Annotation("slow", "above"),)
    assert contexts[1].chord_symbols == (ChordSymbol("A", "m"),)
    assert names(notes_of("uC[CE]|z D\ns:!f! . v|\nE\ns:T")) == [
        "upbow f", "staccato", "", "downbow", "trill",
    ]  # fmt: skip


def test_the_letters_of_a_symbol_line_may_be_the_users() -> None:
    fields = 'U:s=!trill!\nU:H="^slow"\nU:T=!nil!\nU:v=!p!\n'
    contexts = notes_of(fields + 'CD|EFGA|\ns:sH|T v "s" s')
    assert names(contexts) == ["trill", "", "", "p", "", "trill"]
    assert contexts[1].annotations == (Annotation("slow", "above"),)
    assert contexts[4].annotations == (Annotation("s"),)


def test_words_are_given_verse_by_verse() -> None:
    contexts = notes_of("C z D|E\nw:a-b\nw:c d e\nF")
    assert [[str(syllable) for syllable in c.syllables] for c in contexts] == [
        ["a-", "c"], [], ["b", "d"], ["", "e"], [],
    ]  # fmt: skip
    assert contexts[3].syllables[0].is_skipped


def test_a_tuplet_holds_notes_and_rests_but_no_grace_notes() -> None:
    contexts = notes_of("C (3D{g}zE F (2GA|")
    triplet, duplet = Tuplet(3, 2, 3), Tuplet(2, 3, 2)
    assert [(c.tuplet, c.tuplet_start) for c in contexts] == [
        (None, None), (triplet, 1), (triplet, 1), (triplet, 1), (None, None), (duplet, 5), (duplet, 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("music", "ties"),
    [
        ("C-C D|", [(0, 1)]),
        ("C-|C-C|", [(0, 1), (1, 2)]),
        ("[CE]-[CG] E|", [(0, 1)]),
        ("[C-E]C|[CE-]E|", [(0, 1), (2, 3)]),
        ("C-D C|", []),
        ("C-z C|", []),
        ("C>-C|", [(0, 1)]),
        ("^C-|C C|", [(0, 1)]),
        ("CE- & GA-|E2 & A2|", [(1, 4), (3, 5)]),
    ],
)
def test_tied_notes_know_each_other(music: str, ties: list[tuple[int, int]]) -> None:
    contexts = notes_of(music)
    assert [(i, c.tied_to) for i, c in enumerate(contexts) if c.tied_to is not None] == ties
    assert [(c.tied_from, i) for i, c in enumerate(contexts) if c.tied_from is not None] == ties


@pytest.mark.parametrize(
    ("music", "slurs"),
    [
        ("(CD) E|", {(0, 1)}),
        ("((CD) E)|", {(0, 1), (0, 2)}),
        ("(CD|E) F|", {(0, 2)}),
        ("({g}C D )E|", {(0, 1)}),
        ("([CE] [DF])|", {(0, 1)}),
        ("(C D|", set()),
        ("C) D|", set()),
        ("(C (D) E)|", {(0, 2), (1, 1)}),
    ],
)
def test_the_ends_of_a_slur_know_each_other(music: str, slurs: set[tuple[int, int]]) -> None:
    contexts = notes_of(music)
    assert {(i, end) for i, c in enumerate(contexts) for end in c.slurs_to} == slurs
    assert {(start, i) for i, c in enumerate(contexts) for start in c.slurs_from} == slurs


def test_overlays_have_layers_and_keep_their_symbols_apart() -> None:
    contexts = notes_of('C "G"D & E .F|G|')
    assert [c.layer for c in contexts] == [0, 0, 1, 1, 0]
    assert names(contexts) == ["", "", "", "staccato", ""]


def test_a_voice_is_shown_in_short() -> None:
    parsed = parse("X:7\nT:Air\nK:C\nCD|E|\nw:a b\n")
    assert parsed.parseable
    assert repr(parsed.tune.voices[0]) == "<Voice '': 3 bars, 1 lines of words>"
