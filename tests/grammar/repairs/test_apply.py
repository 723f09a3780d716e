"""Repairs change what is at fault, say so by their codes, and leave everything else as it was."""

import time
from collections.abc import Callable

import pytest

from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.repairs import repair

HEADER = "X:1\nT:x\nK:D\n"


@pytest.mark.parametrize(
    ("code", "found", "repaired"),
    [
        ("line-end-bang", "AB|!\n", "AB|\n"),
        ("blank-chord-symbol", '" "AB|\n', "AB|\n"),
        ("detached-tie", "c2 -c2|\n", "c2- c2|\n"),
        ("detached-tie", "[CE]2 -[CE]|\n", "[CE]2- [CE]|\n"),
        ("detached-volta", "A| 1 B:| 2 c|\n", "A|1 B:|2 c|\n"),
        ("old-chord", "+CEG+A|\n", "[CEG]A|\n"),
        ("reserved-character", "A*B|#\n", "AB|\n"),
        ("reserved-character", "#c3 c#2|\n", "^c3 ^c2|\n"),
        ("quoted-printable", "A=3DB=20|\n", "A=B |\n"),
        ("html", "A&gt;B<br>|&#124;\n", "A>B ||\n"),
        ("html", "AB|]</html>\n", "AB|] \n"),
        ("html", "AB|]\n</body>\n</html>\n", "AB|]\n%</body>\n%</html>\n"),
        ("html", "AB|]\n</s>\n", "AB|]\n%</s>\n"),
        ("html", "AB|]\nEND\n", "AB|]\n%END\n"),
        ("html", "AB|]\n---\n", "AB|]\n%---\n"),
        ("html", "AB|]\n<|endoftext|>\n", "AB|]\n%<|endoftext|>\n"),
        ("html", "AB|\n<br />\ncd|\n[/abc]\n", "AB|\n%<br />\ncd|\n%[/abc]\n"),
    ],
)
def test_a_repair_changes_music_and_says_so(code: str, found: str, repaired: str) -> None:
    result = repair(HEADER + found, unsafe=True)
    assert result.text == HEADER + repaired
    assert result.codes == (code,)
    assert parse(result.text).parseable


@pytest.mark.parametrize(
    ("code", "found", "repaired"),
    [
        ("stray-number", "AB c\n2 d|\n", "AB c\\\n2 d|\n"),
        ("stray-number", "AB c\n/2d|\n", "AB c\\\n/2d|\n"),
        ("broken-rhythm-without-note", "AB c>\nd|\n", "AB c>\\\nd|\n"),
        ("broken-rhythm-without-note", "AB c\n>d|\n", "AB c\\\n>d|\n"),
        ("unclosed-quote", 'AB "D\nm"d|\n', 'AB "D\\\nm"d|\n'),
        ("unclosed-chord", "AB [CE\nG]d|\n", "AB [CE\\\nG]d|\n"),
        ("tuplet-without-note", "AB (3\nABc|\n", "AB (3\\\nABc|\n"),
        ("stray-accidental", "AB ^\nd|\n", "AB ^\\\nd|\n"),
        ("unknown-letter", "kA kB|\n", "A B|\n"),
        ("field-after-key", "E:13\nAB|\n", "%E:13\nAB|\n"),
        ("fields-on-one-line", "M:3/4 L:1/4\nABc|\n", "M:3/4\nL:1/4\nABc|\n"),
        ("decoration-blank", "A !D.C. al Fine!|\n", 'A "^D.C. al Fine"|\n'),
        ("stray-tie", "z-A|\n", "zA|\n"),
        ("stray-tie", "AB|-B\n", "AB-|B\n"),
        ("stray-tie", "AB|-c\n", "AB-|c\n"),
        ("stray-tie", "AB|\n-Bc|\n", "AB-|\nBc|\n"),
        ("field-in-music", "AB|M:3/4 ABc|\n", "AB|[M:3/4] ABc|\n"),
        ("bad-meter", "M:3/4 ABc|\n", "[M:3/4] ABc|\n"),
        ("stray-backslash", "\\bigskip\nAB|\n", "%\\bigskip\nAB|\n"),
        ("stray-close", "A}B|\n", "AB|\n"),
        ("stray-close", "A]B|\n", "AB|\n"),
        ("stray-close", "A|\n]\n", "A|\n%]\n"),
        ("slur-direction", "(,AB) .(,cd)|\n", "(AB) .(cd)|\n"),
    ],
)
def test_a_repair_of_an_error_changes_what_the_grammar_stops_at(
    code: str, found: str, repaired: str
) -> None:
    result = repair(HEADER + found, unsafe=True)
    assert result.text == HEADER + repaired
    assert code in result.codes
    assert result.parsed.parseable


@pytest.mark.parametrize(
    ("found", "repaired"),
    [
        ("M:4/4l", "M:4/4"),
        ("M:C.", "M:C"),
        ("M: FREI4/4", "%M: FREI4/4"),
        ("M:Llibre", "%M:Llibre"),
        ("Q:Not too fast", "%Q:Not too fast"),
        ("Q:1/4=100-110", "Q:1/4=100 % -110"),
        ("Q:1/4=100bpm", 'Q:1/4=100 "bpm"'),
        ("Q:*", "%Q:*"),
        ("Q:Largo", "%Q:Largo"),
        ("M:4/4 <br />", "M:4/4"),
        ("L:1/4\nM:2/4 3/4", "L:1/4\nM:2/4 % 3/4"),
        ("L:1/4 <br />", "L:1/4"),
        ("L:1/4;", "L:1/4"),
    ],
)
def test_a_header_is_repaired_too(found: str, repaired: str) -> None:
    assert repair(f"X:1\n{found}\nK:D\nA|\n").text == f"X:1\n{repaired}\nK:D\nA|\n"


@pytest.mark.parametrize(
    ("found", "repaired"),
    [
        ("traditional music", "%traditional music"),
        ("M:2/4 3/4", "M:2/4 % 3/4"),
        ("M:2/4l", "M:2/4"),
        ("M: FREI4/4", "M:none"),
        ("L:1/4\nM:2/4 et 3/4 % both", "L:1/4\nM:2/4 % et 3/4 both"),
        ("L:1/4\nM:3/8+3/8+2/8", "L:1/4\nM:3+3+2/8"),
        ("L:1/4\nM:2/4+3/8", "L:1/4\nM:4+3/8"),
        ("L:1/4\nM:2.2.3/8", "L:1/4\nM:2+2+3/8"),
        ("M:6/8 AFA|", "M:6/8 % AFA|"),
        (" L:1/4", "L:1/4"),
        ("L : 1/4", "L:1/4"),
        ("L :1/4", "L:1/4"),
        ("M :6/8", "M:6/8"),
        ("Q:Not too fast", 'Q:"Not too fast"'),
        ("Q:1/4=100 (approx)", 'Q:1/4=100 "(approx)"'),
        ("Q:1/4=120 <br />", "Q:1/4=120"),
        ("Q:Allegro 1/4=120", 'Q:"Allegro" 1/4=120'),
        ("Q:Slow 1/4=60", 'Q:"Slow" 1/4=60'),
        ("Q:moderate 1/4=100-110", 'Q:"moderate" 1/4=100 % -110'),
        ("Q:Largo", 'Q:"Largo"'),
        ("M:6/8\nL:1/8\nQ:120", "M:6/8\nL:1/8\nQ:1/8=120"),
        ("M:4/4\nL:1/8\nQ:C=120", "M:4/4\nL:1/8\nQ:1/8=120"),
    ],
)
def test_a_header_is_repaired_unsafely_where_a_player_would_play_otherwise(
    found: str, repaired: str
) -> None:
    text = f"X:1\n{found}\nK:D\nA|\n"
    assert repair(text, unsafe=True).text == f"X:1\n{repaired}\nK:D\nA|\n"
    safely = repair(text).text
    assert safely in (text, f"X:1\n%{found}\nK:D\nA|\n")


@pytest.mark.parametrize(
    "music",
    [
        "#c3 d|", "c#3 d|", "+CEG+A|", "A-z-A|", "A {B}-c|", "AB|-c|", "AB|\n-Bc|", "AB (3\nABc|",
        "AB [CE\nG]d|", "A=3DB|", "M:3/4 ABc|", "AB|M:3/4 ABc|", '" "AB|',
        "AB c\n2|dc|", "AB (3GA=\nB|", "AB (c\n2 d)|", "V:1\nAB c\n2 d|", "!p!AB c\n2 d|", "AB c\n2- d|",
        'AB "D\nm"d|', "A<br>B|", "AB|&gt;c", "AB|]\n</body>", "AB|]\nEND", "---\nAB|", "AB|]\n<|endoftext|>",
        "A .kB|", "A [ckE]|", "A Rc|", "^kA|", "***REELS***\nAB|", "T*A|", "[A*c]|", '"4""C"A|',
        "A]B|", "A}2|", "]\nAB|", "^\\A|", ".('AB) c|", "A!trill a!B|", "A| 1 B:| 2 c|", "AB!!c|", "^A|-A|",
        "AB|\\\nE:10\ncd|", "AB|\nY:AB\ncd|", " L:1/16\nAB|", "A=20>B|",
    ],
)  # fmt: skip
def test_a_safe_repair_leaves_what_would_sound_otherwise(music: str) -> None:
    assert repair(f"{HEADER}{music}\n").text == f"{HEADER}{music}\n"


def test_the_symbol_of_a_tune_is_no_stray_letter() -> None:
    text = "X:1\nU:t=wedge\nK:C\ntA4|\n"
    assert "tA4|" in repair(text, unsafe=True).text


@pytest.mark.parametrize(
    "words",
    ["w:ga ba \\\nfa ma da ka|", "w:ga\n+:ba \\\nfa ma*|", "w:ga \\\n%\nfa \\\nma ka*|"],
)
def test_words_that_a_backslash_continues_never_become_notes(words: str) -> None:
    text = f"{HEADER}CDEF|\n{words}\n"
    assert repair(text).text == text


def test_a_tune_that_stays_unparseable_is_not_changed() -> None:
    text = HEADER + "kA ???? B ]]]]]]] rest|\n"
    result = repair(text)
    assert (result.text, result.codes) == (text, ())
    assert result.parsed.diagnostics == parse(text).diagnostics


def test_words_are_not_repaired_into_music() -> None:
    for words in ("Repeat twice|\n", "a sad jig by Paddy\n", "kA mB sC|\n"):
        assert not repair(HEADER + words, unsafe=True).parsed.parseable


@pytest.mark.parametrize(
    ("found", "safely", "all_repaired"),
    [
        ("K:B_", None, "K:Bb"),
        ("K:Bn", "K:B", "K:B"),
        ("Y:AB\nK:D", "Y:AB\nK:D", "P:AB\nK:D"),
        ("K:D\n3ABc d|", None, "K:D\n(3ABc d|"),
        ("K:D\nf/2/ d|", None, "K:D\nf/2 d|"),
        ("K:D\nAB|K:G cde|", None, "K:D\nAB|[K:G] cde|"),
        ("K:D\n('AB) c|", None, "K:D\n(AB) c|"),
    ],
)
def test_what_may_change_the_sound_is_only_repaired_on_request(
    found: str, safely: str | None, all_repaired: str
) -> None:
    text = f"X:1\n{found}\n"
    assert repair(text).text == (f"X:1\n{safely}\n" if safely else text)
    assert repair(text, unsafe=True).text == f"X:1\n{all_repaired}\n"


@pytest.mark.parametrize("music", ['"E7""G"B|\n', "!\nAB|\n", "A|!B|!\n", "!trill!A!\n!fine!"])
def test_what_only_looks_like_a_fault_is_left_alone(music: str) -> None:
    text = HEADER + music + "\n"
    expected = text.replace("A!\n!f", "A\n!f")
    assert repair(text).text == expected


def test_a_repair_that_would_break_a_tune_is_not_made() -> None:
    text = HEADER + 'A4|1""|B4|]\n'
    assert parse(text).parseable
    assert repair(text).text is text


def test_what_touches_a_length_stays_since_a_note_may_have_been_there() -> None:
    assert not repair(HEADER + "A|?2 c|\n").parsed.parseable


@pytest.mark.slow
@pytest.mark.parametrize("collection", ["irish", "nottingham/ABC_original", "taberna"])
def test_repairing_a_real_tune_keeps_its_lines_and_that_it_is_parseable_and_is_done_once(
    real_tunes: Callable[[str], list[RawTune]], collection: str
) -> None:
    for tune in real_tunes(collection):
        found = parse(tune.text, tune.line, tune.file_header)
        result = repair(tune.text, tune.line, tune.file_header)
        assert result.text.count("\n") == tune.text.count("\n")
        assert repair(result.text, tune.line, tune.file_header).text == result.text
        if found.parseable:
            assert result.parsed.parseable, (tune.path, tune.line, result.codes)


@pytest.mark.parametrize(
    "text",
    [
        HEADER + '"^*#" A "c -c" B|\nw:la - la * !\nN:what; now?\n',
        HEADER + "!+!A [r: a * b]c|\n",
        HEADER + "A|1 B:|2 c- c|\n% a comment * !\n",
    ],
)
def test_what_needs_no_repair_comes_back_as_it_was(text: str) -> None:
    assert repair(text).text is text
    assert repair(text).codes == ()


def test_a_digit_that_is_no_volta_is_not_moved_to_the_bar_line() -> None:
    assert repair(HEADER + "A| 3ABc|\n").codes == ()


@pytest.mark.parametrize(
    ("header", "repaired"),
    [
        ("L:1/4\nQ:120", "L:1/4\nQ:1/4=120"),
        ("L:1/8\nQ:120", "L:1/8\nQ:1/4=120"),
        ("M:3/4\nL:1/16\nQ:90 % slow", "M:3/4\nL:1/16\nQ:1/4=90 % slow"),
        ("M:6/8\nQ:C=90 % slow", "M:6/8\nQ:1/8=90 % slow"),
        ("M:6/8\nL:1/8\nQ:C3=40", "M:6/8\nL:1/8\nQ:3/8=40"),
        ("M:6/8\nL:1/8\nQ:120", "M:6/8\nL:1/8\nQ:120"),
        ("M:4/4\nL:1/8\nQ:C=120", "M:4/4\nL:1/8\nQ:C=120"),
        ("Q:C=120\nL:1/8\nL:1/4", "Q:1/4=120\nL:1/8\nL:1/4"),
        ("L:1/0\nQ:120", "L:1/0\nQ:120"),
        ('Q:"Slow" 1/4=60', 'Q:"Slow" 1/4=60'),
    ],
)
def test_an_old_tempo_gets_its_beat(header: str, repaired: str) -> None:
    assert repair(f"X:1\n{header}\nK:D\nA|\n").text == f"X:1\n{repaired}\nK:D\nA|\n"


@pytest.mark.parametrize(
    ("found", "repaired"),
    [
        ("M:6/8\nL:1/16\nQ:120\nK:D\n", "X:1\nM:6/8\nL:1/16\nQ:120\nK:D\n"),
        ("L:1/4\nQ:C=120\nK:D\n", "X:1\nL:1/4\nQ:1/4=120\nK:D\n"),
        ("X:d7 M:6/8\nQ:C=120\nK:D\n", "X:7 % d7\nM:6/8\nQ:1/8=120\nK:D\n"),
        ("X:d7 Q:120\nM:3/4\nK:D\n", "X:7 % d7\nQ:1/4=120\nM:3/4\nK:D\n"),
        ("X:1\nQ:C=120\nL:1/4 <br />\nK:D\n", "X:1\nQ:1/4=120\nL:1/4\nK:D\n"),
        ('X:d7 T:x K:D "4"A|\nK:G\n', 'X:7 % d7\nT:x\nK:D\n"^4"A|\nK:G\n'),
    ],
)
def test_a_repair_sees_the_lines_that_another_wrote(found: str, repaired: str) -> None:
    result = repair(f"{found}A|\n")
    assert result.text == f"{repaired}A|\n"
    assert repair(result.text).text is result.text


def test_the_time_of_a_repair_grows_with_the_header_and_no_faster() -> None:
    began = time.process_time()
    repair("X:1\n" + "Q:120\n" * 10_000 + "K:D\nA|\n")
    assert time.process_time() - began < 5


def test_text_that_cannot_be_a_chord_becomes_an_annotation() -> None:
    music = '"p"A"4"B"Am"c"^x"d"Fine"e"(E7)"f"N.C."g|'
    expected = '"^p"A"^4"B"Am"c"^x"d"Fine"e"(E7)"f"N.C."g|'
    assert repair(HEADER + music + "\n").text == HEADER + expected + "\n"


@pytest.mark.parametrize(
    ("code", "found", "repaired"),
    [
        ("missing-reference", "T:Air\nK:D\nA|\n", "X:1\nT:Air\nK:D\nA|\n"),
        ("missing-reference", "K:D\nA|\n", "X:1\nK:D\nA|\n"),
        ("missing-reference", "X:\nK:D\nA|\n", "X:1\nK:D\nA|\n"),
        ("bad-reference", "X:344 b\nK:D\nA|\n", "X:344 % 344 b\nK:D\nA|\n"),
        ("bad-reference", "X: JB-8\nK:D\nA|\n", "X:8 % JB-8\nK:D\nA|\n"),
        ("bad-reference", "X:d7 T:Air\nK:D\nA|\n", "X:7 % d7\nT:Air\nK:D\nA|\n"),
        ("bad-reference", "X:one\nK:D\nA|\n", "X:1 % one\nK:D\nA|\n"),
    ],
)
def test_a_tune_gets_the_number_that_it_lacks(code: str, found: str, repaired: str) -> None:
    result = repair(found)
    assert (result.text, result.codes) == (repaired, (code,))


@pytest.mark.parametrize(
    ("code", "found", "repaired"),
    [
        ("field-after-key", "K:D\nA|\nC:me\n+:and you\nB|\n", "C:me\n+:and you\nK:D\nA|\nB|\n"),
        ("field-after-key", "K:D\nG:Key: G\nA|\n", "G:Key: G\nK:D\nA|\n"),
        ("bare-symbol", "U:V=wedge\nK:D\nVA|\n", "U:V=!wedge!\nK:D\nVA|\n"),
        ("bare-symbol", "U: k = snap % old\nK:D\nkA|\n", "U: k = !snap! % old\nK:D\nkA|\n"),
        ("fields-on-one-line", "M:6/8 L:1/8 K:D dor\nA|\n", "M:6/8\nL:1/8\nK:D dor\nA|\n"),
    ],
)
def test_a_field_gets_to_where_it_belongs(code: str, found: str, repaired: str) -> None:
    result = repair(f"X:1\nT:x\n{found}")
    assert (result.text, result.codes) == (f"X:1\nT:x\n{repaired}", (code,))


def test_a_spaced_field_is_closed_up_on_request_since_abcjs_takes_it_for_music() -> None:
    text = "X:1\nT:x\nL : 1/4\n K:D\nA|\n w: la\n"
    assert repair(text).text == text
    assert repair(text, unsafe=True).text == "X:1\nT:x\nL:1/4\nK:D\nA|\nw:la\n"


@pytest.mark.parametrize(
    ("music", "repaired"),
    [
        ("AB c\n2 d|", "AB c\\\n2 d|"),
        ("(3ABc d\n2 e|", "(3ABc d\\\n2 e|"),
        ("AB c\n2|]", "AB c\\\n2|]"),
        ("AB|]\n</html>", "AB|]\n%</html>"),
        ("vkA .B|", "vA .B|"),
        ("A|k[Ac]|", "A|[Ac]|"),
        ("AB:|**", "AB:|"),
        ("AB|\nE:10\ncd|", "AB|\n%E:10\ncd|"),
        ("A|\n]", "A|\n%]"),
        ("!!AB|", "!AB|"),
        ("A|-A|", "A-|A|"),
        ("z-A|", "zA|"),
        ("AB2z4-|z", "AB2z4|z"),
    ],
)
def test_a_safe_repair_is_made_where_players_skip_the_fault(music: str, repaired: str) -> None:
    assert repair(f"{HEADER}{music}\n").text == f"{HEADER}{repaired}\n"


def test_a_tune_on_one_line_gets_a_line_for_each_field() -> None:
    result = repair("X:1 L:1/8 M:4/4 K:G clef=bass G2BG|d2 C:|\n")
    assert result.text == "X:1\nL:1/8\nM:4/4\nK:G clef=bass\nG2BG|d2 C:|\n"
    assert result.codes == ("fields-on-one-line",)


def test_broken_rhythm_between_letters_is_no_tag() -> None:
    assert repair(HEADER + "A<b>c <a>B|\n").codes == ()


def test_a_spaced_field_of_the_header_that_players_hear_moves_only_if_asked_to() -> None:
    found = "X:1\nT:x\nK:D\n Z : me\nA|\n"
    assert repair(found).text == found
    assert repair(found, unsafe=True).text == "X:1\nT:x\nZ: me\nK:D\nA|\n"
