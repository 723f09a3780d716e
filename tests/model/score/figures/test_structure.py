from tuneloom.model.score.figures.catalogue import figure_sections
from tuneloom.model.score.figures.figure import MeasuredTunes
from tuneloom.model.score.statistics.figure_value import FigureValue
from tuneloom.model.score.tunes.analysis import analyse_tunes
from tuneloom.model.score.tunes.tune_set import DrawnText

HEAD = "M:4/4\nL:1/4\nK:D\n"
STRAIN = "ABcd|dcBA|ABcd|d2A2|ABcd|dcBA|Bcdc|d4"
AABB = DrawnText(f"{HEAD}|:{STRAIN}:|{STRAIN.replace('A', 'F').replace('B', 'G')}|{STRAIN}")
PLAIN = DrawnText(HEAD + "ABcd|dcBA|Bcde|f2F2|D4|")
BROKEN = DrawnText(HEAD + "ABcd| 1")


def measured(*tunes: DrawnText) -> dict[str, FigureValue | None]:
    found = MeasuredTunes(analyse_tunes(tunes), [])
    return {
        name.partition(".")[2]: figure.measure(found)
        for name, figure in figure_sections()["structure"].items()
    }


def texts(*tunes: DrawnText) -> dict[str, str | None]:
    return {name: value.to_text(1) if value else None for name, value in measured(*tunes).items()}


def test_bars_that_were_heard_before_count_once_each_as_written() -> None:
    twice = DrawnText(HEAD + "|:ABcd|dcBA|ABcd|dcBA:|")
    found = texts(twice, PLAIN, BROKEN)
    assert found["repeated_bars"] == "22.2% of 9"
    assert found["repeated_pairs"] == "14.3% of 7"
    assert found["tunes_repeating"] == "50.0% of 2"


def test_the_form_is_that_of_the_tune_as_played() -> None:
    double = DrawnText(AABB.text.replace("|" + STRAIN, "", 1))
    assert texts(AABB, PLAIN)["form"] == "0.0% of 2"
    form = measured(AABB, double)["form"]
    assert form is not None
    assert form.to_json() == {
        "count": 0,
        "percent": 0.0,
        "ci95": [0.0, 65.76],
        "commonest": {"AABA": 1, "AAB": 1},
    }


def test_without_a_tune_nothing_is_measured() -> None:
    assert set(texts(BROKEN).values()) == {None}
