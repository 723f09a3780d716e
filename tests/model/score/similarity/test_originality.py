from tuneloom.model.score.similarity.originality import (
    Quantiles,
    first_copies,
    originality,
    training_overlaps,
)
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.analysis import analyse_tunes, features_of_texts
from tuneloom.model.score.tunes.features import TuneFeatures
from tuneloom.model.score.tunes.tune_set import DrawnText

HEAD = "M:6/8\nL:1/8\nK:D\n"
JIG = HEAD + "A|dff cee|def gfe|dff cee|dfe dBA:|\n"
IN_E = HEAD.replace("K:D", "K:E") + "B|egg dff|efg agf|egg dff|egf ecB:|\n"
OTHER = HEAD + "d3 A3|F3 D3|G2B B2G|F6|\n"


def musics(*texts: str) -> list[TuneFeatures]:
    return [music for music in features_of_texts(texts, "melody") if music]


def test_tunes_that_repeat_an_earlier_one_by_text_or_melody_are_duplicates() -> None:
    jig, other = DrawnText(JIG.rstrip()), DrawnText(OTHER.rstrip())
    other_spelling = DrawnText(jig.text.replace("dff cee", "dffcee"))
    broken = DrawnText("K:D\nA| 1")
    draws = [jig, other, other_spelling, broken, jig, broken]
    repeats = first_copies(analyse_tunes(draws))
    assert repeats == [None, None, 0, None, 0, 3]
    assert originality(repeats, None).duplicates == Rate(3, 6)


def test_ten_thousand_copies_are_one_tune() -> None:
    repeats = first_copies(analyse_tunes([DrawnText(JIG.rstrip())]) * 10_000)
    assert originality(repeats, None).duplicates == Rate(9_999, 10_000)


def test_a_training_tune_is_a_copy_and_its_own_nearest() -> None:
    (kin,) = training_overlaps(musics(JIG), musics(OTHER, JIG))
    assert kin.copy
    assert (kin.nearest, kin.similarity) == (musics(JIG)[0].id, 1.0)
    assert kin.characters == len(JIG) - len(HEAD)
    assert kin.notes == 25


def test_a_transposed_tune_is_no_copy_and_shares_all_its_notes() -> None:
    (kin,) = training_overlaps(musics(IN_E), musics(JIG))
    assert not kin.copy
    assert (kin.notes, kin.similarity) == (25, 1.0)
    assert kin.characters < 10


def test_without_training_tunes_there_is_no_kinship() -> None:
    assert training_overlaps(musics(JIG), []) == []
    assert originality([None], []).to_json()["similarity"] is None


def test_what_needs_a_data_set_is_null_without_one() -> None:
    assert originality([None], None).to_json() == {
        "duplicates": {"count": 0, "percent": 0.0, "ci95": [0.0, 79.35]},
        "copies": None,
        "characters": None,
        "notes": None,
        "similarity": None,
    }


def test_a_spread_has_the_median_and_the_upper_end() -> None:
    assert Quantiles.of(list(range(101))) == Quantiles(50, 95, 100)
    assert Quantiles.of([]) is None
