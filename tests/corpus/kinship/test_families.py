from __future__ import annotations

import random
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tunes import parse_tune
from tuneloom.corpus.kinship import families
from tuneloom.corpus.kinship.families import family_of
from tuneloom.corpus.melody import SIGNATURE_SIZE, Melody
from tuneloom.corpus.sketch import TuneSketch, sketch_melody
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.profiles import training_text

HIER_STEH_ICH_AM_BERGE = (
    """\
M:4/4
L:1/16
K:D
D2E2|F4 F6 F2|F2A2 A4 F2A2|A4 G4 E2G2|F4 z4 D2E2|F4 F6 F2|F2A2 A4 F2A2|A4 G4 E2G2|F4 z4 F4|
E2^G2 B2d2 d4|c2B2 A4 E4|E2^G2 B2d2 d4|c6 B2 A4|
d4 c4 B3B|B4 A4 F2A2|A4 G4 E2G2|F2A2 d4 A4|d4 c4 B3B|B4 A4 F2A2|A4 G4 E2G2|F8
""",
    """\
M:4/4
L:1/16
K:D
F4|E4 A4 B2d2|d4 c4 A4|E4 A4 B2d2|d4 c4 F4|E4 A4 B2d2|d4 c4 A4|E4 A4 B2d2|d4 c4 A2d2|
d4 c4 B3B|B4 A4 E4|E2^G2 B2d2 d4|c6 B2 A4|
d4 c4 B3B|B4 A4 F2A2|A4 G4 E2G2|F2A2 d4 A4|d4 c4 B3B|B4 A4 F2A2|A4 G4 E2G2|F8
""",
)
WAS_WOELLN_WIR_AUF_DEN_ABEND_THUN = (
    """\
M:4/4
L:1/16
K:G
D2|G2G2 A2A2|B2AG A2c2|B2G2 F2EF|G4 z2D2|G2G2 A2A2|B2AG A2c2|B2G2 F2EF|G4 z4 d2d2 A2A2|
B2B2 A2A2|d2d2 A2A2|B2B2 A2d2 d2B2 A2A2|G6
""",
    """\
M:4/4
L:1/16
K:G
D2|G2G2 A2A2|B2AG A2c2|B2G2 F2EF|G4 z2D2|G2G2 A2A2|B2AG A2c2|B2G2 F2EF|G4 z4 c2B2 A2GA|
B2AG A2B2|c2B2 A2GA|B2AG A2z2 B2G2 F2EF|G6
""",
)
WIDOW_BRADY_AND_LAFRICANS_JIG = (
    """\
M:6/8
L:1/8
K:D
d|AFD DFA|AFA B2d|AFD DFA|fdB B2d|AFD DFA|AFA B2d|def gfe|fdd d2::
d|afd fed|ecA Ace|fed dcd|ecA A2f/g/|aba gfe|fed cBA|Bcd efg|fdd d2:|
""",
    """\
M:6/8
L:1/8
K:D
d|AFD DFA|AFA B2d|AFD DFA|fdB B2d|AFD DFA|AFA B2d|def gfe fdd d2::
f|afd fed|ecd ecA|ddd fdd|fdB B2d|ded fdd|edd fdd|cef gfe|fdd d2:|
""",
)


def sketched(text: str) -> TuneSketch:
    tune = parse_tune("X:1\nT:\n" + text)
    melody = Melody.of(tune)
    text = training_text(tune, training_header(tune), "melody")
    return sketch_melody(melody.id, melody, text)


def are_family(*texts: str) -> bool:
    sketches = [sketched(text) for text in texts]
    found = family_of(sketches)
    return len({found.get(each.id, each.id) for each in sketches}) == 1


@pytest.mark.parametrize(
    "pair",
    [HIER_STEH_ICH_AM_BERGE, WAS_WOELLN_WIR_AUF_DEN_ABEND_THUN, WIDOW_BRADY_AND_LAFRICANS_JIG],
)
def test_a_tune_and_another_with_a_part_of_it_are_a_family(pair: tuple[str, str]) -> None:
    assert are_family(*pair)


HEADER = "M:4/4\nL:1/8\nK:C\n"
PART = "C2EG cGEC|D2FA dAFD|G2Bd gdBG|c2e2 c4|"
OTHER = "G3A Bcde|f2d2 B2G2|A3B cdef|g2e2 c4|e2d2 c2A2|B6 G2|A4 F4|D8|"


def test_a_part_in_another_key_and_other_note_lengths_is_found() -> None:
    slower = "M:4/4\nL:1/4\nK:D\nD2FA|dAFD|E2GB|eBGE|A2ce|aecA|d2f2|d4|"
    assert are_family(HEADER + PART, slower + OTHER + "\n")


def test_a_short_section_is_found_within_another_tune() -> None:
    section = "CEDF EGFA|BcGE C4"
    assert len(sketched(HEADER + section + "||G4 A4|B8|]").sections) == 1
    long = HEADER + OTHER + section + "|F4 G4|]"
    assert are_family(HEADER + section + "||G4 A4|B8|]", long)


def test_a_cadence_in_common_makes_no_family() -> None:
    ending = "gfed cBAG|FEDC C4|]"
    assert not are_family(HEADER + PART + ending, HEADER + OTHER + ending)


def chain(numbers: int, shared: int) -> list[TuneSketch]:
    """Tunes that have so many steps in common with the next one, and no more with any."""
    generator = random.Random(3)
    steps = [bytes(generator.randrange(256) for _ in range(shared)) for _ in range(numbers + 1)]
    return [
        TuneSketch(
            f"{number:04}",
            array("H", [generator.randrange(65536) for _ in range(SIGNATURE_SIZE)]).tobytes(),
            steps[number] + bytes(generator.randrange(256) for _ in range(9)) + steps[number + 1],
            body=b"",
        )
        for number in range(numbers)
    ]


def test_families_are_joined_through_others() -> None:
    assert family_of(chain(5, shared=18)) == dict.fromkeys(
        ["0000", "0001", "0002", "0003", "0004"], "0000"
    )
    assert family_of(chain(5, shared=17)) == {}


def test_a_huge_family_is_held_together_by_longer_runs_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    weak, strong = chain(8, shared=18), chain(3, shared=40)
    renamed = [each._replace(id=f"1{each.id}") for each in strong]
    bridge = TuneSketch(
        "2", weak[0].signature[::-1], weak[-1].steps[-18:] + strong[0].steps[:18], body=b""
    )
    tunes = [*weak, *renamed, bridge]
    assert set(family_of(tunes).values()) == {"0000"}
    monkeypatch.setattr(families, "MAX_FAMILY", 6)
    assert family_of(tunes) == dict.fromkeys(["10000", "10001", "10002"], "10000")


@given(st.permutations(range(5)))
def test_families_do_not_depend_on_the_order_of_the_tunes(order: list[int]) -> None:
    tunes = [each._replace(body=each.steps[::-1]) for each in chain(6, shared=20)]
    del tunes[3]
    assert family_of(tunes[index] for index in order) == family_of(tunes)


def test_a_duplicate_is_one_tune_with_all_its_texts() -> None:
    first, second, third = chain(3, shared=5)
    text = bytes(range(60))
    again = first._replace(body=text)
    assert family_of([first, again, second, third._replace(body=text)]) == {
        "0000": "0000",
        "0002": "0000",
    }
