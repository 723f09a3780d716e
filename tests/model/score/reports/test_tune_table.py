from tuneloom.model.score.reports.scoring import score_tunes
from tuneloom.model.score.reports.tune_table import COLUMNS, tune_table
from tuneloom.model.score.tunes.tune_set import DrawnText, TuneSet

JIG = DrawnText("M:6/8\nL:1/8\nK:D\nA|dff cee|dfe dBA:|")


def test_every_tune_is_a_row_in_which_nothing_stands_for_not_measured() -> None:
    table = tune_table(score_tunes(TuneSet((JIG, DrawnText("K:D\nz|"), JIG), 3)))
    assert tuple(table.columns) == COLUMNS
    assert table["parseable"].tolist() == [True, False, True]
    assert table["errors"].tolist() == ["", "no-note", ""]
    lines = table.to_csv(index=False).splitlines()
    assert lines[2] == "2,False,False,False,False,,no-note,0,0,,,,,,,,,,"
    assert lines[3].startswith("3,True,True,True,True,,,3,3,1,,")
