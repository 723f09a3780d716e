import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.spellings import SPELLINGS, Spelling
from tuneloom.corpus.training_text.beginning import NoBeginning, TuneBeginning, read_beginning
from tuneloom.corpus.training_text.profiles import PROFILES

MELODY, FULL = PROFILES.find("melody"), PROFILES.find("full")
HEADER = "M:6/8\nL:1/8\nK:D\n"
TRAINING_TEXTS = [
    "R:jig\nM:6/8\nL:1/8\nK:Em\nB|:E2E G2A|B2e ^dBA|(3GABA B2A/G/|[EG]3 E2B:|\n"
    "E>FG- GAB|[M:9/8]efg aaa bbb:|\n",
    "M:4/4\nL:1/8\nK:Ador\n|:A4 c2>e2|z4 d/e/f/g/|_B2=B2 ^c'2C,2|A8::\n[A,E]2[CG]2 A4|[K:G]G8:|\n",
]


def read(text: str) -> TuneBeginning:
    return read_beginning(text, MELODY)


def test_there_are_forty_spellings() -> None:
    assert len({each.written for each in SPELLINGS}) == 40


@pytest.mark.parametrize("spelling", SPELLINGS, ids=lambda each: repr(each.written))
def test_each_spelling_becomes_that_of_training_texts(spelling: Spelling) -> None:
    found = read_beginning(spelling.written, MELODY)
    header = "".join(
        f"{letter}:{found.fields[letter]}\n" for letter in "RMLK" if letter in found.fields
    )
    assert header + (found.music or "") == spelling.canonical
    assert ", ".join(found.left_out) == spelling.left_out


@given(st.sampled_from(TRAINING_TEXTS), st.floats(0, 1))
def test_the_beginning_of_a_training_text_stays_as_it_is(text: str, share: float) -> None:
    start = text.index("\nK:") + 4
    music = text[start:]
    end = start + music.index("\n") + 1 + round(share * len(music.partition("\n")[2]))
    assume(not text[:end].endswith("\n|"))  # a bar line with nothing before it goes
    found = read(text[:end])
    fields = "".join(
        f"{letter}:{found.fields[letter]}\n" for letter in "RMLK" if letter in found.fields
    )
    assert fields + (found.music or "") == text[:end]


@pytest.mark.parametrize(
    ("text", "music"),
    [
        ("GABc", "GAB c"),
        ("G A B c d e |", "GAB cde|"),
        ("GAB |\n", "GAB|"),
        ("GAB (3", "GAB (3"),
        ("GAB [D2F", "GAB [D2F"),
        ("GAB ^", "GAB ^"),
        ("G>", "G>"),
        ("GAB:", "GAB:"),
        ("GAB [K:G", "GAB[K:G"),
        ('GAB "D', "GAB"),
        ("GAB {g", "GAB"),
    ],
)
def test_what_is_open_stays_open(text: str, music: str) -> None:
    assert read(HEADER + text).music == music


def test_a_last_field_is_complete_if_it_may_end_there() -> None:
    assert read("M:6") == TuneBeginning("", {}, "M:6")
    assert read("M:6/8") == TuneBeginning("", {"M": "6/8"})
    assert read("M:6/8\nR:ji") == TuneBeginning("", {"M": "6/8"}, "R:ji")
    assert read("K:E minor") == TuneBeginning("", {"K": "Em"})


def test_given_values_complete_a_prompt_that_is_music_alone() -> None:
    found = read_beginning("|: G A B", MELODY, {"M": "6/8", "K": "D"})
    assert found == TuneBeginning("", {"M": "6/8", "L": "1/8", "K": "D"}, "", "|:GAB")


def test_the_profile_full_keeps_titles_and_signs() -> None:
    found = read_beginning('T:A Tune\nM:6/8\nK:D\n"D" D2 E {g}(F2G) "A', FULL)
    assert found.titles == "T:A Tune\n"
    assert found.music == '"D"D2E {g}(F2G) "A'
    assert not found.left_out


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("hello", "line 1, column 2: "),
        ("\n\nM:6\n", "line 3, column 4: `M:6` is not a metre"),
        (HEADER + "GAB c#d", "line 4, column 6: `#` is reserved"),
        (HEADER + "GAB|\n\ncde|", "line 5, column 1: there is an empty line"),
        (HEADER + "GAB & DFA", "line 4, column 5: a second voice"),
        (HEADER + "V:1\nGAB\nV:2\nD3", "line 6, column 1: a second voice"),
        (HEADER + "GAB|\nX:2\n", "line 5, column "),
    ],
)
def test_what_begins_no_tune_is_refused_with_its_place(text: str, problem: str) -> None:
    with pytest.raises(NoBeginning) as refused:
        read(text)
    assert str(refused.value).startswith(problem)
    assert "\n" not in str(refused.value)


def test_a_place_is_that_of_the_text_without_given_values() -> None:
    with pytest.raises(NoBeginning, match="line 2, column 2: `#`"):
        read_beginning("R:jig\nA#", MELODY, {"M": "6/8", "K": "D"})
