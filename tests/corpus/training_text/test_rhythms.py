import pytest

from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.rhythms import RHYTHMS, canonical_rhythm
from tuneloom.grammar.parsing.parser import parse


@pytest.mark.parametrize("rhythm", sorted(RHYTHMS))
def test_a_rhythm_is_known_by_its_own_name(rhythm: str) -> None:
    assert canonical_rhythm(rhythm) == canonical_rhythm(f" {rhythm.title()}s. ") == rhythm


@pytest.mark.parametrize(
    ("value", "rhythm"),
    [
        *(("Double Jig", "jig"), ("slip-jig", "slip jig"), ("Barn Dance", "barndance")),
        *(("vals", "waltz"), ("Valse", "waltz"), ("Walzer", "waltz"), ("waltzes", "waltz")),
        *(
            ("marsch", "march"),
            ("Marcha", "march"),
            ("brudmarsch", "march"),
            ("bruremarsj", "march"),
        ),
        *(
            ("schottis", "schottische"),
            ("Scottiche", "schottische"),
            ("Rheinländer", "schottische"),
        ),
        *(
            ("polska", "polska"),
            ("slängpolska", "polska"),
            ("Hambo", "hambo"),
            ("Masurka", "mazurka"),
        ),
        *(("Bourrée à 3 temps", "bourree"), ("Bransle", "branle"), ("Muiñeira", "muineira")),
        *(
            ("Liebes - Lied", "song"),
            ("geistliches, religiöses Lied]", "song"),
            ("Trinklied", "song"),
        ),
        *(("Xiaodiao. Suku]", "song"), ("Chanson à danser", "song")),
    ],
)
def test_other_spellings_and_languages_are_known(value: str, rhythm: str) -> None:
    assert canonical_rhythm(value) == rhythm


@pytest.mark.parametrize(
    ("value", "rhythm"),
    [
        *(("Slow Air", "air"), ("Hop, Slip Jig", "slip jig"), ("Scots reel", "reel")),
        *(
            ("Hornpipe, I presume", "hornpipe"),
            ("reel/polka", "reel"),
            ("polka mazurka", "mazurka"),
        ),
        *(("Slow Air - not a waltz", "air"), ("Irish reel,Cape Breton setting", "reel")),
    ],
)
def test_of_several_words_the_known_one_counts(value: str, rhythm: str) -> None:
    assert canonical_rhythm(value) == rhythm


@pytest.mark.parametrize(
    "value", ["", "???", "Misc.", "Other", "applied", "2/4", "Vaterland und Wehr"]
)
def test_what_names_no_rhythm_gives_none(value: str) -> None:
    assert canonical_rhythm(value) == ""


def test_accents_of_tex_are_read() -> None:
    parsed = parse("X:1\nT:One\nR:Bourr\\'ee\nK:D\nA|\n")
    assert parsed.parseable
    assert training_header(parsed.tune).rhythm == "bourree"
