from tuneloom.model.score.similarity.training_overlap import training_overlaps
from tuneloom.model.score.tunes.analysis import features_of_texts
from tuneloom.model.score.tunes.features import TuneFeatures

HEAD = "M:6/8\nL:1/8\nK:D\n"
JIG = HEAD + "A|dff cee|def gfe|dff cee|dfe dBA:|\n"
IN_E = HEAD.replace("K:D", "K:E") + "B|egg dff|efg agf|egg dff|egf ecB:|\n"
OTHER = HEAD + "d3 A3|F3 D3|G2B B2G|F6|\n"


def features(*texts: str) -> list[TuneFeatures]:
    return [tune for tune in features_of_texts(texts, "melody") if tune]


def test_a_training_tune_is_a_copy_and_its_own_nearest() -> None:
    (overlap,) = training_overlaps(features(JIG), features(OTHER, JIG))
    assert overlap.copy
    assert (overlap.nearest, overlap.similarity) == (features(JIG)[0].id, 1.0)
    assert overlap.characters == len(JIG) - len(HEAD)
    assert overlap.notes == 25


def test_a_transposed_tune_is_a_copy_and_shares_all_its_notes() -> None:
    (overlap,) = training_overlaps(features(IN_E), features(JIG))
    assert overlap.copy
    assert (overlap.notes, overlap.similarity) == (25, 1.0)
    assert overlap.characters < 10


def test_without_training_tunes_there_is_no_overlap() -> None:
    assert training_overlaps(features(JIG), []) == []
