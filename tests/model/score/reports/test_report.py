import json

from tuneloom.model.score.reports.report import AsFoundRates, Reference, Score
from tuneloom.model.score.reports.tally import Tally
from tuneloom.model.score.statistics.rate import Rate

TALLY = Tally(200, {"parseable": Rate(183, 200)}, {"unfinished": 12, "no-note": 5})


def test_a_score_is_one_json_object_in_which_null_means_not_measured() -> None:
    assert Score(TALLY).to_json() == {
        "tunes": 200,
        "parseable": {"count": 183, "percent": 91.5, "ci95": [86.81, 94.63]},
        "strict": None,
        "sound": None,
        "metrical": None,
        "playable": None,
        "bars": None,
        "originality": None,
        "errors": {"unfinished": 12, "no-note": 5},
        "structure": None,
        "tonality": None,
        "likeness": None,
        "reference": None,
    }


def test_the_reference_has_the_same_shape_and_the_rates_as_found() -> None:
    real = Reference(
        Tally(20, {"parseable": Rate(20, 20)}),
        AsFoundRates({"parseable": Rate(95, 100)}, Rate(99, 100)),
    )
    found = Score(TALLY, real).to_json()["reference"]
    assert found["tunes"] == 20
    assert found["parseable"]["percent"] == 100.0
    assert found["sound"] is None
    assert found["as_found"]["tunes"] == 100
    assert found["as_found"]["parseable"]["count"] == 95
    assert found["as_found"]["parseable_repaired"]["count"] == 99


def test_percentages_of_no_tunes_are_null() -> None:
    rate = Rate(0, 0)
    assert rate.percent is None
    assert json.dumps(rate.to_json()) == '{"count": 0, "percent": null, "ci95": null}'
