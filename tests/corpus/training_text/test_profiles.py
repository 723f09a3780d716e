"""Training text: the header and the melody, laid out by rule."""

from collections.abc import Callable

import pytest

from tests.support.tunes import parse_tune
from tuneloom.corpus.admit import admit
from tuneloom.corpus.melody import Melody
from tuneloom.corpus.record import RawTune, Record
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.melody_profile import MELODY, is_melodic
from tuneloom.corpus.training_text.profile import Profile
from tuneloom.corpus.training_text.profiles import PROFILES, training_text
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.source.resolver import resolve_tune
from tuneloom.grammar.tune.elements import Element, Quoted
from tuneloom.grammar.tune.quoted import is_chord_symbol


def melody(text: str, profile: str = "melody") -> str:
    tune = parse_tune("X:1\n" + text)
    return training_text(tune, training_header(tune), profile)


def test_a_tune_becomes_its_header_and_its_melody() -> None:
    found = """T:Kesh
R:Jigs
C:trad.
M:6/8
Q:3/8=120
K:G major
|: "G"G3 !roll!GAB | A3 ABd | {c}edd gdd | edB dBA |
GAG GAB | ABA ABd | edd gdB | (AGF) G3 :|
w:la la
|: B2B d2d |1 ege dBA :|2 BAF G3 |]
"""
    assert melody(found) == (
        "R:jig\nM:6/8\nL:1/8\nK:G\n"
        "|:G3 GAB|A3 ABd|edd gdd|edB dBA|\nGAG GAB|ABA ABd|edd gdB|AGF G3::\n"
        "B2B d2d|1ege dBA:|2BAF G3|]\n"
    )


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("c2 -c2|", "c2-c2|"),
        ("A/2B/4c//|", "A/B/4c/4|"),
        ("[A2c2]|[Ac]2|[A2c]|", "[Ac]2|[Ac]2|[A2c]|"),
        ("A > B c<<d|", "A>Bc<<d|"),
        ("(3:2:3ABc (3::2AB|", "(3ABc(3:2:2AB|"),
        ("x2 y Z2|", "z2Z2|"),
        ("ABcd efga|", "ABcd efga|"),
        ("A|[K:Dmaj][M:6/8]def gab|", "A|[K:D][M:6/8]def gab|"),
    ],
)
def test_there_is_one_spelling_for_each_thing(body: str, written: str) -> None:
    assert melody(f"M:4/4\nL:1/8\nK:C\n{body}\n").split("K:C\n")[1] == written + "\n"


@pytest.mark.parametrize(
    ("key", "written"),
    [("D major", "D"), ("Amin", "Am"), ("E Dorian", "Edor"), ("GMix", "Gmix"), ("Bb", "Bb"),
     ("", "none"), ("none", "none"), ("D ^g", "D ^g"), ("treble", "none"), ("A exp ^c", "A exp ^c")],
)  # fmt: skip
def test_a_key_has_one_name(key: str, written: str) -> None:
    assert f"\nK:{written}\n" in melody(f"T:x\nK:{key}\nA|\n")


def test_fields_before_the_first_note_belong_to_the_header() -> None:
    assert melody("M:4/4\nK:A\nM:6/8\nP:A\nf|ecc c2f|\n") == "M:6/8\nL:1/8\nK:A\nf|ecc c2f|\n"


def test_a_note_says_the_accidental_of_a_grace_note_that_is_dropped() -> None:
    assert melody("M:4/4\nL:1/8\nK:C\n{^f}gfFf {[_e^f]}=e[ef]2|f8|\n").endswith(
        "g^fF f=e[e^f]2|f8|\n"
    )


def test_bar_lines_with_nothing_between_them_are_one() -> None:
    assert melody("M:4/4\nK:C\n|A4 z4:|\n|:B8||\n|:c8:|\n").endswith("A4 z4::\nB8|:\nc8:|\n")


def test_the_full_profile_keeps_titles_chord_symbols_graces_slurs_and_decorations() -> None:
    found = """T:Caf\\'e
T:100\\%
M:6/8
K:G
|: "G" G3 !roll!G(AB) | "^slow"{/c}(A3 !turn!.A)B z) | .('A2B [(CE]2G) (3(ABc) {ga})d|
"""
    assert melody(found, "full") == (
        "T:Café\nT:100\\%\nM:6/8\nL:1/8\nK:G\n"
        '|:"G"G3 ~G(AB)|"^slow"{/c}(A3 !turn!.A)Bz)|.(A2B ([CE]2G) (3(ABc){ga})d|\n'
    )


def test_a_dot_stays_with_its_note_and_is_spelt_out_where_something_else_would_take_it() -> None:
    assert melody("M:4/4\nL:1/8\nK:G\n.A.[GB] . (AB) ABc2 . |\n", "full").endswith(
        ".A.[GB]!staccato!(AB) ABc2 !staccato!|\n"
    )


@pytest.mark.parametrize("profile", PROFILES.names)
@pytest.mark.parametrize("step", [10, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("collection", ["nottingham/ABC_original", "irish"])
def test_training_text_of_real_tunes_is_its_own_resolved_and_canonical_text(
    real_tunes: Callable[[str], list[RawTune]], collection: str, profile: str, step: int
) -> None:
    results = [admit(tune, profile).result for tune in real_tunes(collection)[::step]]
    records = [result for result in results if isinstance(result, Record)]
    assert len(records) > 0.9 * len(results)
    for record in records:
        text = "X:1\nT:\n" + record.abc
        assert resolve_tune(text).text == text
        again = parse_tune(text)
        assert training_text(again, training_header(again), profile) == record.abc
        assert Melody.of(again).id == record.id


def test_a_profile_can_be_added_from_outside() -> None:
    def is_melody_or_chord_symbol(element: Element) -> bool:
        if isinstance(element, Quoted):
            return is_chord_symbol(element.text)
        return is_melodic(element)

    chords = Profile(is_melody_or_chord_symbol, MELODY.rewrite)
    tune = parse_tune('X:1\nT:A tune\nM:2/4\nL:1/8\nK:D\n"D"DF "^slow"{g}A2|\n')
    text = chords.training_text(tune, training_header(tune))
    assert text == 'M:2/4\nL:1/8\nK:D\n"D"DF A2|\n'
    assert PROFILES.names == ("melody", "full")


def test_a_profile_that_is_not_there_is_refused_with_those_that_are() -> None:
    tune = parse_tune("X:1\nK:C\nC|\n")
    with pytest.raises(UsageError, match="no profile is named 'melodie'; try melody"):
        training_text(tune, training_header(tune), "melodie")
