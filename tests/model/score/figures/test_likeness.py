from tuneloom.model.score.figures.catalogue import figure_sections
from tuneloom.model.score.figures.figure import MeasuredTunes
from tuneloom.model.score.tunes.analysis import features_of_texts
from tuneloom.model.score.tunes.features import TuneFeatures

JIG = "M:6/8\nL:1/8\nK:D\nA|dff cee|def gfe|dff cee|dfe d3:|\n"
PLAIN = "M:4/4\nL:1/4\nK:D\nDDDD|DDDD|\n"


def features(*texts: str) -> list[TuneFeatures]:
    return [tune for tune in features_of_texts(texts, "melody") if tune]


def distances(sample: list[TuneFeatures], real: list[TuneFeatures]) -> dict[str, object]:
    measured = MeasuredTunes((), (), sample=sample, real=real)
    values = {
        name.removeprefix("likeness."): figure.measure(measured)
        for name, figure in figure_sections()["likeness"].items()
    }
    return {name: value and value.to_json() for name, value in values.items()}


def test_tunes_are_like_themselves() -> None:
    assert set(distances(features(JIG, PLAIN), features(PLAIN, JIG)).values()) == {0.0}


def test_the_distance_of_tunes_from_themselves_is_not_measured() -> None:
    assert set(distances(features(JIG, PLAIN), features(JIG, PLAIN)).values()) == {None}


def test_each_distance_has_its_own_unit() -> None:
    assert distances(features(PLAIN), features(JIG)) == {
        "pitch_range": 10.0,
        "intervals": 0.8182,
        "durations": 1.0,
        "bars": 3.0,
        "final_on_tonic": 0.0,
        "repeats": 1.0,
    }


def test_without_tunes_on_either_side_nothing_is_measured() -> None:
    assert set(distances([], features(JIG)).values()) == {None}
    assert set(distances(features(JIG), []).values()) == {None}
