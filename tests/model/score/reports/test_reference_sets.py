from tuneloom.model.score.reports.reference import ReferenceTunes
from tuneloom.model.score.reports.reference_sets import reference_set
from tuneloom.model.score.reports.report import AsFoundRates
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.analysis import analyse_tunes, features_of_texts
from tuneloom.model.score.tunes.tune_set import DrawnText

TUNE = "M:4/4\nL:1/4\nK:D\nABcd|d4|]"


def test_a_data_set_has_a_set_of_real_tunes_and_one_of_a_markov_model() -> None:
    training = [tune for tune in features_of_texts([TUNE + "\n"], "melody") if tune]
    real = ReferenceTunes(analyse_tunes([DrawnText(TUNE)]), training, AsFoundRates({}, Rate(0, 0)))
    validation, markov = reference_set("validation", real), reference_set("markov", real)
    assert validation.tunes.tunes == (DrawnText(TUNE),)
    assert markov.name == "markov, 6 chars"
    assert markov.tunes.requested == 1000
    assert set(markov.tunes.tunes) == {DrawnText(TUNE)}
